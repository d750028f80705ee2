package io.assay.web.alerts.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assay.web.delivery.Signature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Alertmanager, a webhook and Slack on this machine: whatever does not have the shape and the proof
 * that the real one asks for is refused with 400, and said.
 */
final class LocalReceivers implements AutoCloseable {
  static final String KEY = "a key of enough letters";

  /** Part of addresses, and a token: what nobody but a receiver may see. */
  static final String SECRET = "very-secret-part";

  /** What was taken. */
  record Taken(String place, String delivery, String event, String body) {}

  private final HttpServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();

  LocalReceivers() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Taken> taken(String place) {
    return taken.stream().filter(one -> one.place().equals(place)).toList();
  }

  List<String> problems() {
    return problems;
  }

  /** What a place answers next, instead of taking: a status, and after a blank a body. */
  void answer(String place, String... next) {
    answers.computeIfAbsent(place, any -> new ArrayDeque<>()).addAll(List.of(next));
  }

  private void receive(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String place = path.split("/")[1];
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (place.equals("silent")) {
      awaitEnd();
    }
    String answer = next(place).orElseGet(() -> check(exchange, path, body));
    String[] parts = answer.split(" ", 2);
    int status = Integer.parseInt(parts[0]);
    if (status == 429) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    byte[] said = (parts.length > 1 ? parts[1] : "ok").getBytes(UTF_8);
    exchange.sendResponseHeaders(status, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  private Optional<String> next(String place) {
    Queue<String> left = answers.get(place);
    synchronized (this) {
      return Optional.ofNullable(left == null ? null : left.poll());
    }
  }

  private String check(HttpExchange exchange, String path, String body) {
    try {
      String said = checked(exchange, path, body);
      taken.add(
          new Taken(
              path.split("/")[1],
              header(exchange, "X-Assay-Delivery"),
              header(exchange, "X-Assay-Event"),
              body));
      return "200 " + said;
    } catch (RuntimeException wrong) {
      problems.add(path + " " + wrong.getMessage());
      return "400 invalid_payload";
    }
  }

  private static String checked(HttpExchange exchange, String path, String body) {
    require(header(exchange, "Content-Type").equals("application/json"), "JSON");
    require(exchange.getRequestMethod().equals("POST"), "POST");
    switch (path.split("/")[1]) {
      case "am" -> {
        require(path.endsWith("/api/v2/alerts"), "the path of alerts");
        Strict.alertmanager(body);
      }
      case "slack" -> Strict.slack(body, false);
      case "api" -> {
        require(path.equals("/api/chat.postMessage"), "chat.postMessage");
        require(
            header(exchange, "Authorization").equals("Bearer xoxb-" + SECRET), "the bot's token");
        Strict.slack(body, true);
        return "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.2\"}";
      }
      default -> {
        String signature = Signature.of(KEY, body.getBytes(UTF_8));
        require(header(exchange, Signature.HEADER).equals(signature), "the signature");
        require(header(exchange, "X-Assay-Delivery").matches("[0-9]+-[0-9]+"), "a delivery's id");
        Strict.webhook(body);
      }
    }
    return "ok";
  }

  private static void require(boolean holds, String needed) {
    if (!holds) {
      throw new IllegalArgumentException("needs " + needed);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }
}
