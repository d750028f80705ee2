package io.assay.web.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Someone with cookies who follows no redirect: what comes back is what the server said. */
public final class BrowsingClient {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final String address;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private String token = "";

  public BrowsingClient(String address) {
    this.address = address;
  }

  public HttpResponse<String> get(String path) {
    return get(path, "text/html");
  }

  public HttpResponse<String> get(String path, String accept) {
    return remember(send(to(path).header("Accept", accept).GET()));
  }

  public HttpResponse<String> post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + '=' + encoded(field.getValue()))
            .collect(Collectors.joining("&", "", "&_csrf=" + encoded(token)));
    return remember(
        send(
            to(path)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  /** Sends any method without a body, and does not wait for the end of the answer. */
  public HttpResponse<InputStream> request(String method, String path) {
    var request =
        to(path)
            .header("Accept", "text/html, application/json, text/event-stream, image/png")
            .header("X-CSRF-TOKEN", token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Sends JSON, as a script of a page does. */
  public HttpResponse<String> send(String method, String path, String json) {
    return send(method, path, Map.of(), json);
  }

  /** The same with more headers. */
  public HttpResponse<String> send(
      String method, String path, Map<String, String> headers, String json) {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", "application/json")
            .header("X-CSRF-TOKEN", token)
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(request::header);
    return send(request);
  }

  /** What a browser would send to say who it is. */
  public String cookie() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  public HttpResponse<String> login(String name, String password) {
    get("/login");
    HttpResponse<String> answer = post("/login", Map.of("name", name, "password", password));
    // The token changes with the session.
    String here = token;
    get("/login");
    if (token.equals(here)) {
      throw new IllegalStateException("the login did not begin a new session");
    }
    return answer;
  }

  public void forgetToken() {
    token = "";
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
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

  private HttpResponse<String> remember(HttpResponse<String> answer) {
    var matcher = TOKEN.matcher(answer.body());
    if (matcher.find()) {
      token = matcher.group(1);
    }
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
