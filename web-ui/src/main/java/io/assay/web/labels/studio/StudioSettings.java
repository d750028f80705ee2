package io.assay.web.labels.studio;

import io.assay.web.system.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Label Studio is; the properties {@code assay.labels.studio.*}.
 *
 * @param url of it, such as {@code https://labels.example.com}; empty: there is none
 * @param token of a user there (the legacy one, sent as {@code Token …})
 * @param poll how often finished tasks are asked for, in case a webhook was lost; 0: never
 * @param answerWithin how long it has for one request
 * @param privateNetworks whether it may be in one
 * @param framesPerSecond of videos
 */
@ConfigurationProperties("assay.labels.studio")
record StudioSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String token,
    @DefaultValue("10m") Duration poll,
    @DefaultValue("60s") Duration answerWithin,
    @DefaultValue("false") boolean privateNetworks,
    @DefaultValue("25") double framesPerSecond) {

  StudioSettings {
    if (!url.isEmpty() && !WebAddress.isWeb(url)) {
      throw new IllegalArgumentException(
          "assay.labels.studio.url needs an http or https address without a user");
    }
    if (!url.isEmpty() && token.isEmpty()) {
      throw new IllegalArgumentException("assay.labels.studio.token is needed with a url");
    }
    if (poll.isNegative() || !answerWithin.isPositive()) {
      throw new IllegalArgumentException(
          "assay.labels.studio needs poll >= 0 and answer-within > 0, got %s and %s"
              .formatted(poll, answerWithin));
    }
  }

  /** Without a slash at its end. */
  Optional<URI> address() {
    return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url.replaceFirst("/+$", "")));
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "StudioSettings[%s, %s, %s, %s, %s]"
        .formatted(url, poll, answerWithin, privateNetworks, framesPerSecond);
  }
}
