package io.assay.web.observe;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes OTLP over HTTP, as a collector does, and reads what comes. */
final class TraceReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** Ids as hexadecimal digits; a span without a parent has an empty one. */
  record Span(
      String trace,
      String id,
      String parent,
      String name,
      long begun,
      long ended,
      Map<String, String> attributes) {}

  TraceReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          authorizations.add(authorization == null ? "" : authorization);
          message(exchange.getRequestBody().readAllBytes(), 1, this::resource);
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
  }

  /** In order of their begin. */
  List<Span> of(String trace) {
    return spans.stream()
        .filter(span -> span.trace().equals(trace))
        .sorted((a, b) -> Long.compare(a.begun(), b.begun()))
        .toList();
  }

  List<Span> all() {
    return List.copyOf(spans);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private interface Part {
    void read(byte[] bytes) throws IOException;
  }

  /** opentelemetry/proto/trace/v1/trace.proto: ResourceSpans, and in it ScopeSpans and Span. */
  private void resource(byte[] bytes) throws IOException {
    message(bytes, 2, scope -> message(scope, 2, this::span));
  }

  private void span(byte[] bytes) throws IOException {
    String[] texts = {"", "", "", ""};
    long[] times = {0, 0};
    Map<String, String> attributes = new TreeMap<>();
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> texts[0] = HexFormat.of().formatHex(in.readByteArray());
        case 2 -> texts[1] = HexFormat.of().formatHex(in.readByteArray());
        case 4 -> texts[2] = HexFormat.of().formatHex(in.readByteArray());
        case 5 -> texts[3] = in.readString();
        case 7 -> times[0] = in.readFixed64();
        case 8 -> times[1] = in.readFixed64();
        case 9 -> attribute(in.readByteArray(), attributes);
        default -> in.skipField(tag);
      }
    }
    spans.add(new Span(texts[0], texts[1], texts[2], texts[3], times[0], times[1], attributes));
  }

  private static void attribute(byte[] bytes, Map<String, String> to) throws IOException {
    List<String> name = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        name.add(in.readString());
      } else {
        to.put(name.getFirst(), value(in.readByteArray()));
      }
    }
  }

  private static String value(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int tag = in.readTag();
    return WireFormat.getTagFieldNumber(tag) == 1 ? in.readString() : Long.toString(in.readInt64());
  }

  private static void message(byte[] bytes, int field, Part part) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        part.read(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
