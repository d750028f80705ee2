package io.assay.web.labels.webhook;

import io.assay.web.system.Moment;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How it stands with the webhook, for pages. */
@Component
public class WebhookState {
  private static final int SHOWN = 10;

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
   */
  public record Now(String host, List<Delivery> deliveries) {}

  /** A delivery; {@code status}: pending, delivered or dead. */
  public record Delivery(
      String subject, String status, int attempts, Moment created, String trouble) {}

  /** The newest deliveries of a project. */
  public Now of(String project) {
    return new Now(
        settings.address().map(URI::getHost).orElse(""),
        deliveries.newest(project, Long.MAX_VALUE, SHOWN).stream()
            .map(
                one ->
                    new Delivery(
                        one.subject(),
                        one.status().name().toLowerCase(Locale.ROOT),
                        one.attempts(),
                        new Moment(one.created()),
                        one.trouble()))
            .toList());
  }
}
