package io.assay.web.media;

import io.assay.web.system.PrivateNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Fetches media from other servers, whole or a range. */
@Component
class RemoteMedia implements DisposableBean {
  private static final Pattern RANGE = Pattern.compile("bytes=[0-9]{0,18}-[0-9]{0,18}");

  private final MediaSettings settings;
  private final HttpClient client;

  RemoteMedia(MediaSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.answerWithin())
            // Whoever answers could lead into a private network.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What came.
   *
   * @param status 200, 206, or 416 for a range that is not there
   * @param range as {@code Content-Range} says; empty where it is all
   */
  record Fetched(int status, OptionalLong length, String range, InputStream body)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Fetches it; what else the server says goes to nobody.
   *
   * @param range as {@code Range} asks; others than one range of bytes are not passed on
   * @throws IOException where it cannot be fetched, with why
   */
  Fetched fetch(MediaPlace.Elsewhere place, Optional<String> range) throws IOException {
    URI address = place.address();
    boolean open = place.told() || settings.privateNetworks();
    if (!open && PrivateNetworks.has(address.getHost())) {
      throw new IOException("it is in a private network; assay.media.private-networks allows that");
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.answerWithin());
    range
        .filter(asked -> RANGE.matcher(asked).matches())
        .ifPresent(it -> request.header("Range", it));
    HttpResponse<InputStream> answer = send(request.build());
    int status = answer.statusCode();
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    boolean fits = length.orElse(0) <= settings.largest().toBytes();
    if ((status == 200 || status == 206 || status == 416) && fits) {
      String of = answer.headers().firstValue("Content-Range").orElse("");
      return new Fetched(status, length, of, new Hurried(answer.body(), settings.answerWithin()));
    }
    answer.body().close();
    throw new IOException(
        fits ? "it answered " + status : "it has " + length.getAsLong() + " bytes");
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("it was stopped", stopping);
    }
  }

  @Override
  public void destroy() {
    client.shutdownNow();
  }
}
