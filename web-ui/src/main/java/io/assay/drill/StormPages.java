package io.assay.drill;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who looks at the pages all the time, and notes how long each takes. */
final class StormPages implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern VIOLATION =
      Pattern.compile("href=\"(/p/default/violations/\\d{4}-\\d\\d-\\d\\d/[0-9a-f]+)");
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** By name; that of one violation is found in the list. */
  private static final Map<String, String> PATHS =
      new TreeMap<>(
          Map.of(
              "overview", "/p/default",
              "assertions", "/p/default/assertions",
              "violations", "/p/default/violations",
              "violation", "",
              "alerts", "/p/default/alerts",
              "rule health", "/p/default/review/rules",
              "review", "/p/default/review"));

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final Map<String, List<Long>> millis = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("storm-pages").daemon().unstarted(this::run);
  private volatile boolean closed;
  private String violation = "";

  /** Logs in. */
  StormPages(Child web) throws IOException, InterruptedException {
    this.address = "http://127.0.0.1:" + web.said("port");
    Matcher token = TOKEN.matcher(get("/login").body());
    if (!token.find()) {
      throw new IllegalStateException("the login page has no token");
    }
    String form =
        "name=%s&password=%s&_csrf=%s"
            .formatted(
                encoded(web.said("name")), encoded(web.said("password")), encoded(token.group(1)));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200 || answer.uri().getPath().startsWith("/login")) {
      throw new IllegalStateException("the login gave " + answer.statusCode());
    }
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      for (Map.Entry<String, String> page : PATHS.entrySet()) {
        String path = page.getValue().isEmpty() ? violation : page.getValue();
        if (!closed && !path.isEmpty()) {
          look(page.getKey(), path);
        }
      }
    }
  }

  private void look(String name, String path) {
    long begin = System.nanoTime();
    try {
      HttpResponse<String> answer = get(path);
      long took = (System.nanoTime() - begin) / 1_000_000;
      note(name, took, answer.statusCode() == 200 ? "" : "status " + answer.statusCode());
      Matcher link = VIOLATION.matcher(answer.body());
      if (name.equals("violations") && link.find()) {
        violation = link.group(1);
      }
      Thread.sleep(PAUSE);
    } catch (IOException failure) {
      note(name, (System.nanoTime() - begin) / 1_000_000, failure.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(String name, long took, String failure) {
    millis.computeIfAbsent(name, page -> new ArrayList<>()).add(took);
    if (!failure.isEmpty()) {
      failures.add("the page '%s' failed after %d ms: %s".formatted(name, took, failure));
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Accept", "text/html")
            .timeout(PATIENCE)
            .GET()
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What did not come, each a sentence. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Of each page, and of all as {@code all}. */
  synchronized Map<String, StormReport.Latency> latencies() {
    Map<String, StormReport.Latency> all = new TreeMap<>();
    millis.forEach((page, times) -> all.put(page, StormReport.Latency.of(times)));
    all.put("all", StormReport.Latency.of(millis.values().stream().flatMap(List::stream).toList()));
    return all;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
