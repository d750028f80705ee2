package io.assay.bench.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who has logged in. */
final class Visitor {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String address;
  private String token = "";

  Visitor(String address) {
    this.address = address;
  }

  void login(String name, String password) {
    look("/login");
    String form = "name=%s&password=%s&_csrf=%s".formatted(name, encoded(password), encoded(token));
    send(to("/login", "application/x-www-form-urlencoded").POST(body(form)));
    look("/p/default/review");
  }

  /** A page; what it says of forged requests is kept. */
  void look(String path) {
    Matcher found = TOKEN.matcher(send(to(path, "text/plain").GET()).body());
    if (found.find()) {
      token = found.group(1);
    }
  }

  String get(String path) {
    return checked(send(to(path, "application/json").header("Accept", "application/json").GET()));
  }

  String send(String method, String path, String body, String... headers) {
    var request = to(path, "application/json").method(method, body(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return checked(send(request));
  }

  private String checked(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          "%s answered %d: %s"
              .formatted(answer.request().uri(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private HttpRequest.Builder to(String path, String type) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Content-Type", type)
        .header("X-CSRF-TOKEN", token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
