package io.assay.web.labels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.delivery.Answer;
import io.assay.web.delivery.Post;
import io.assay.web.delivery.Poster;
import io.assay.web.delivery.Signature;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Sends one delivery, once. */
final class WebhookSender implements AutoCloseable {
  private final WebhookSettings settings;
  private final Poster poster;

  WebhookSender(WebhookSettings settings, Clock clock) {
    this.settings = settings;
    this.poster = new Poster(settings.answerWithin(), clock);
  }

  /**
   * Sends it; says why it was not taken, if it was not: any answer but 2xx.
   *
   * @param id the same at every attempt, so that a receiver can tell repeats
   */
  Optional<String> send(URI to, String id, String event, String body) throws InterruptedException {
    var headers =
        Map.of(
            Signature.HEADER,
            Signature.of(settings.secret(), body.getBytes(UTF_8)),
            "X-Assay-Event",
            event,
            "X-Assay-Delivery",
            id);
    return switch (poster.send(new Post(to, headers, body), settings.privateNetworks())) {
      case Answer.Taken ignored -> Optional.empty();
      case Answer.Turned turned -> Optional.of("it answered " + turned.status());
      case Answer.None(String why) -> Optional.of(why);
      case Answer.Private ignored ->
          Optional.of(
              "it is in a private network; assay.labels.webhook.private-networks allows that");
    };
  }

  @Override
  public void close() {
    poster.close();
  }
}
