package io.assay.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Somebody who has logged in. */
public final class Visitor {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String address;
  private String token = "";

  /** {@code address}: of the web interface, without a slash at its end. */
  public Visitor(String address) {
    this.address = address;
  }

  /** Signs in, and sees the page of reviews. */
  public void login(String name, String password) {
    look("/login");
    String form = "name=%s&password=%s&_csrf=%s".formatted(name, encoded(password), encoded(token));
    send(to("/login", "application/x-www-form-urlencoded").POST(body(form)));
    look("/p/default/review");
  }

  /** Looks at a page; what it says of forged requests is kept. */
  public void look(String path) {
    Matcher found = TOKEN.matcher(send(to(path, "text/plain").GET()).body());
    if (found.find()) {
      token = found.group(1);
    }
  }

  /** Has a file written; returns its size. */
  public long download(String path, Path file) {
    HttpResponse<Path> answer =
        send(
            to(path, "text/plain").GET().build(),
            // Without the last a shorter one would end as the one before it did.
            HttpResponse.BodyHandlers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING));
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s answered %d".formatted(path, answer.statusCode()));
    }
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What comes, line by line, as long as the other side sends; to be closed. */
  public Stream<String> lines(String path) {
    HttpResponse<Stream<String>> answer =
        send(
            to(path, "text/plain").header("Accept", "text/event-stream").GET().build(),
            HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s answered %d".formatted(path, answer.statusCode()));
    }
    return answer.body();
  }

  /** The text of a page. */
  public String page(String path) {
    return checked(send(to(path, "text/plain").GET()));
  }

  /**
   * Asks for a page or as a program, with one header more, and takes it compressed as browsers do.
   *
   * @return how many bytes came
   */
  public int asked(String path, String header, String value) {
    HttpRequest request =
        to(path, "text/plain")
            .header("Accept-Encoding", "gzip")
            .header(header, value)
            .GET()
            .build();
    HttpResponse<byte[]> answer = send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s answered %d".formatted(path, answer.statusCode()));
    }
    return answer.body().length;
  }

  /** What a program is answered; {@link IllegalStateException} if it is refused. */
  public String get(String path) {
    return checked(send(to(path, "application/json").header("Accept", "application/json").GET()));
  }

  /** Sends JSON; {@link IllegalStateException} if it is refused. */
  public String send(String method, String path, String body, String... headers) {
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
    return send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request, body);
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
