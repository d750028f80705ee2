package io.assay.web.labels.webhook;

import io.assay.web.system.Moment;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How it stands with the webhook, for pages. */
@Component
public class WebhookState {
  private static final int SHOWN = 20;

  private final WebhookSettings settings;
  private final Deliveries deliveries;

  WebhookState(WebhookSettings settings, Deliveries deliveries) {
    this.settings = settings;
    this.deliveries = deliveries;
  }

  /**
   * As it stands.
   *
   * @param host of the receiver; empty: nobody is told
   * @param first whether the newest delivery is among these
   * @param next behind which there are older ones; empty: these are the last
   */
  public record Now(String host, List<Delivery> deliveries, boolean first, String next) {}

  /** A delivery; {@code status}: pending, delivered or dead. */
  public record Delivery(
      String subject, String status, int attempts, Moment created, String trouble) {}

  /** The newest deliveries of a project, {@code before} one of them where one is given. */
  public Now of(String project, Optional<Long> before) {
    List<Deliveries.Delivery> found =
        deliveries.newest(project, before.orElse(Long.MAX_VALUE), SHOWN + 1);
    return new Now(
        settings.address().map(URI::getHost).orElse(""),
        found.stream()
            .limit(SHOWN)
            .map(
                one ->
                    new Delivery(
                        one.subject(),
                        one.status().name().toLowerCase(Locale.ROOT),
                        one.attempts(),
                        new Moment(one.created()),
                        one.trouble()))
            .toList(),
        before.isEmpty(),
        found.size() > SHOWN ? Long.toString(found.get(SHOWN - 1).id()) : "");
  }
}
