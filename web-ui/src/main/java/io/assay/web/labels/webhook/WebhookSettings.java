package io.assay.web.labels.webhook;

import io.assay.web.delivery.Pauses;
import io.assay.web.system.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told that a round is full; the properties {@code assay.labels.webhook.*}.
 *
 * @param to an http or https address; empty: nobody
 * @param secret by which bodies are signed; needed with {@code to}
 * @param attempts after so many a delivery is dead, until a person says otherwise
 * @param firstPause after the first failure; each is twice as long as the one before
 * @param longestPause between two attempts
 * @param answerWithin how long the receiver has
 * @param privateNetworks whether the receiver may be in one
 */
@ConfigurationProperties("assay.labels.webhook")
record WebhookSettings(
    @DefaultValue("") String to,
    @DefaultValue("") String secret,
    @DefaultValue("10") int attempts,
    @DefaultValue("30s") Duration firstPause,
    @DefaultValue("1h") Duration longestPause,
    @DefaultValue("10s") Duration answerWithin,
    @DefaultValue("false") boolean privateNetworks) {

  WebhookSettings {
    var unused = Pauses.of("assay.labels.webhook", attempts, firstPause, longestPause);
    if (!to.isEmpty() && !WebAddress.isWeb(to)) {
      // Not the address itself: it may hold a password.
      throw new IllegalArgumentException(
          "assay.labels.webhook.to needs an http or https address without a user");
    }
    if (!to.isEmpty() && secret.length() < 16) {
      throw new IllegalArgumentException(
          "assay.labels.webhook.secret needs 16 characters or more, got " + secret.length());
    }
    if (!answerWithin.isPositive()) {
      throw new IllegalArgumentException(
          "assay.labels.webhook.answer-within needs more than 0, got " + answerWithin);
    }
  }

  Optional<URI> address() {
    return to.isEmpty() ? Optional.empty() : Optional.of(URI.create(to));
  }

  Pauses pauses() {
    return new Pauses(attempts, firstPause, longestPause);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "WebhookSettings[%s, %d, %s, %s, %s, %s]"
        .formatted(
            address().map(URI::getHost).orElse(""),
            attempts,
            firstPause,
            longestPause,
            answerWithin,
            privateNetworks);
  }
}
