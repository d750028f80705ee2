package io.assay.web.alerts.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import io.assay.web.delivery.Answer;
import io.assay.web.delivery.Post;
import io.assay.web.delivery.Poster;
import io.assay.web.delivery.Signature;
import io.assay.web.violations.ViolationPictures;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends a notice to one target, once. */
@Component
class Channels implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private final ChannelSettings settings;
  private final Destinations destinations;
  private final Poster poster;
  private final Optional<MailChannel> mail;
  private final ViolationPictures pictures;
  private final JsonMapper json;
  private final Clock clock;

  Channels(
      ChannelSettings settings,
      ObjectProvider<JavaMailSender> mailServer,
      ViolationPictures pictures,
      JsonMapper json,
      Clock clock) {
    this.settings = settings;
    this.mail = mailServer.stream().findFirst().map(MailChannel::new);
    this.destinations = new Destinations(settings, mail.isPresent());
    this.poster = new Poster(settings.answerWithin(), clock);
    this.pictures = pictures;
    this.json = json;
    this.clock = clock;
  }

  /** Why nothing can be sent to a target, as the settings are; empty where it can. */
  Optional<String> trouble(Receiver receiver, String address) {
    return destinations.find(receiver, address) instanceof Destination.Nowhere(String why)
        ? Optional.of(why)
        : Optional.empty();
  }

  /** Sends it. */
  Outcome send(Delivery delivery, Notice notice) throws InterruptedException {
    Optional<ViolationPictures.Pictured> picture = picture(notice);
    Shown shown =
        Shown.of(notice, settings.address(), picture.map(ViolationPictures.Pictured::path));
    return switch (destinations.find(delivery.receiver(), delivery.address())) {
      case Destination.Alertmanager to -> alertmanager(to, shown);
      case Destination.Webhook to -> webhook(to, shown, delivery);
      case Destination.SlackHook(URI to) -> slack(to, null, Map.of(), shown);
      case Destination.SlackChannel(URI method, String channel, String token) ->
          slack(method, channel, Map.of("Authorization", "Bearer " + token), shown);
      case Destination.Mailbox box -> mail(box, shown, delivery, picture);
      case Destination.Nowhere(String why) -> new Outcome.Dead(why);
    };
  }

  /** Of the violation that shows best the first alert that has one. */
  private Optional<ViolationPictures.Pictured> picture(Notice notice) {
    try {
      return notice.alerts().stream()
          .filter(alert -> alert.violation() != null)
          .findFirst()
          .flatMap(alert -> find(notice, alert));
    } catch (JacksonException unreadable) {
      // The alert is worth more than its picture.
      LOG.warn("a violation of a notice of route {} cannot be read", notice.route());
      return Optional.empty();
    }
  }

  /** It is of the time of the alert, which a slow clock may have begun late. */
  private Optional<ViolationPictures.Pictured> find(Notice notice, NoticeAlert alert) {
    return pictures.find(
        notice.project(),
        Objects.requireNonNull(alert.violation()),
        alert.startsAt().minus(Duration.ofDays(2)),
        notice.at().plus(Duration.ofDays(1)));
  }

  private Outcome alertmanager(Destination.Alertmanager to, Shown shown)
      throws InterruptedException {
    var body = AlertmanagerPush.of(shown, clock.instant(), settings.resend());
    Map<String, String> headers =
        to.authorization().isEmpty() ? Map.of() : Map.of("Authorization", to.authorization());
    return Outcome.of(post(to.to(), headers, body, settings.privateNetworks()));
  }

  private Outcome webhook(Destination.Webhook to, Shown shown, Delivery delivery)
      throws InterruptedException {
    String body = json.writeValueAsString(WebhookBody.of(shown));
    var headers =
        Map.of(
            Signature.HEADER,
            Signature.of(to.key(), body.getBytes(UTF_8)),
            "X-Assay-Event",
            shown.test() ? "alert.test" : shown.firing() ? "alert.firing" : "alert.resolved",
            "X-Assay-Delivery",
            delivery.id());
    return Outcome.of(poster.send(new Post(to.to(), headers, body), settings.privateNetworks()));
  }

  private Outcome slack(URI to, @Nullable String channel, Map<String, String> headers, Shown shown)
      throws InterruptedException {
    // The address of Slack's methods is of the settings, whose author may name any network.
    boolean allowed = settings.privateNetworks() || channel != null;
    Answer answer = post(to, headers, SlackMessage.of(shown, channel, true), allowed);
    if (shown.picture().isPresent() && new SlackAnswer(answer).refusesBlocks()) {
      // Slack could not fetch the picture: without it, the message is still worth sending.
      answer = post(to, headers, SlackMessage.of(shown, channel, false), allowed);
    }
    return new SlackAnswer(answer).outcome();
  }

  private Answer post(URI to, Map<String, String> headers, Object body, boolean privateNetworks)
      throws InterruptedException {
    return poster.send(new Post(to, headers, json.writeValueAsString(body)), privateNetworks);
  }

  private Outcome mail(
      Destination.Mailbox box,
      Shown shown,
      Delivery delivery,
      Optional<ViolationPictures.Pictured> picture) {
    Optional<byte[]> png = picture.flatMap(pictures::png);
    String group = delivery.project() + "\n" + delivery.route() + "\n" + delivery.groupKey();
    String thread = HexFormat.of().toHexDigits((long) group.hashCode()).substring(8);
    return mail.map(
            channel ->
                channel.send(
                    box,
                    MailText.of(shown, png.isPresent()),
                    delivery.id(),
                    delivery.message(),
                    thread,
                    png))
        .orElseThrow();
  }

  @Override
  public void destroy() {
    poster.close();
  }
}
