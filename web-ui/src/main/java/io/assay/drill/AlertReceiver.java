package io.assay.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** A webhook's receiver that turns some down, and counts what comes by delivery. */
final class AlertReceiver implements AutoCloseable {
  private final long oneIn;
  private final HttpServer server;
  private final AtomicLong attempts = new AtomicLong();
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final Set<String> groups = ConcurrentHashMap.newKeySet();

  /** Turns down one in so many. */
  AlertReceiver(long oneIn) throws IOException {
    this.oneIn = oneIn;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean takes = attempts.incrementAndGet() % oneIn != 0;
      if (takes) {
        groups.add(JsonMapper.shared().readTree(body).path("groupKey").asString(""));
        taken.merge(
            String.valueOf(exchange.getRequestHeaders().getFirst("X-Assay-Delivery")),
            1,
            Integer::sum);
      }
      exchange.sendResponseHeaders(takes ? 200 : 503, -1);
    }
  }

  String address() {
    return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
  }

  long attempts() {
    return attempts.get();
  }

  /** The groups of alerts that somebody was told of. */
  Set<String> groups() {
    return Set.copyOf(groups);
  }

  /** Deliveries that were taken once at least. */
  Set<String> taken() {
    return Set.copyOf(taken.keySet());
  }

  /** How often one was taken that was taken before: its sender died before it could note that. */
  long again() {
    return taken.values().stream().mapToLong(times -> times - 1L).sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
