package io.assay.web.ingest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends accepted requests on to other loggers, since a serving stack can name one only. Nobody
 * waits for it: what an address does not take in time is dropped and counted.
 */
final class Forwarding implements AutoCloseable {
  private final List<ForwardAddress> addresses;
  private final @Nullable HttpClient client;

  Forwarding(IngestSettings.Forward settings) {
    HttpClient made = settings.to().isEmpty() ? null : ForwardAddress.client();
    client = made;
    addresses =
        made == null
            ? List.of()
            : settings.addresses().stream()
                .map(
                    to ->
                        ForwardAddress.start(
                            made, to, settings.privateNetworks(), settings.queue().toBytes()))
                .toList();
  }

  /** Does not wait. */
  void forward(Copy copy) {
    addresses.forEach(address -> address.offer(copy));
  }

  List<ForwardAddress.Status> status() {
    return addresses.stream().map(ForwardAddress::status).toList();
  }

  /** A request as it came, but unpacked and without its token. */
  static final class Copy {
    private final @Nullable String contentType;
    private final Map<String, String> cloud;
    private final @Nullable String trace;
    private final byte[] body;

    Copy(
        @Nullable String contentType,
        Map<String, String> cloud,
        @Nullable String trace,
        byte[] body) {
      this.contentType = contentType;
      this.cloud = Map.copyOf(cloud);
      this.trace = trace;
      this.body = body;
    }

    int bytes() {
      return body.length;
    }

    /** {@code authorization}: ours, at the address. */
    HttpRequest to(URI address, Optional<String> authorization) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(ForwardAddress.PATIENCE)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (contentType != null) {
        request.header("Content-Type", contentType);
      }
      if (trace != null) {
        request.header("traceparent", trace);
      }
      cloud.forEach(request::header);
      authorization.ifPresent(value -> request.header("Authorization", value));
      return request.build();
    }
  }

  @Override
  public void close() {
    addresses.forEach(ForwardAddress::close);
    if (client != null) {
      client.shutdownNow();
    }
  }
}
