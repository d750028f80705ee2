package io.assay.web.labels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.system.PrivateNetworks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Sends one delivery, once. */
final class WebhookSender implements AutoCloseable {
  private final WebhookSettings settings;
  private final HttpClient client;

  WebhookSender(WebhookSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.answerWithin())
            // Whoever answers could lead into a private network.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Sends it; says why it was not taken, if it was not: any answer but 2xx.
   *
   * @param id the same at every attempt, so that a receiver can tell repeats
   */
  Optional<String> send(URI to, String id, String event, String body) throws InterruptedException {
    byte[] bytes = body.getBytes(UTF_8);
    try {
      if (!settings.privateNetworks() && PrivateNetworks.has(to.getHost())) {
        return Optional.of(
            "it is in a private network; assay.labels.webhook.private-networks allows that");
      }
      HttpRequest request =
          HttpRequest.newBuilder(to)
              .timeout(settings.answerWithin())
              .header("Content-Type", "application/json")
              .header(Signature.HEADER, Signature.of(settings.secret(), bytes))
              .header("X-Assay-Event", event)
              .header("X-Assay-Delivery", id)
              .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of("it answered " + status);
    } catch (IOException | IllegalArgumentException failure) {
      return Optional.of(failure.toString());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
