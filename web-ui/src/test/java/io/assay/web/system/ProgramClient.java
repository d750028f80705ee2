package io.assay.web.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A program: it sends a token, if it has one, and keeps no cookies. */
public final class ProgramClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  public ProgramClient(String address, String token) {
    this.address = address;
    this.token = token;
  }

  public HttpResponse<String> get(String path) {
    return send(to(path).GET());
  }

  public HttpResponse<String> delete(String path) {
    return send(to(path).DELETE());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return post(path, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> post(String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
