package io.assay.bench.stream;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends events over HTTP in a process of its own, so that its CPU time is not the server's. */
final class HttpSender {
  private static final int CONNECTIONS = 8;
  private static final int VEHICLES = 1000;

  private HttpSender() {}

  /**
   * {@code arguments}: address, token, events, events a request. It says {@code begin} when a tenth
   * is acknowledged and {@code done} when all is.
   */
  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    List<HttpRequest> requests = requests(arguments[0], arguments[1], events, batch);
    var next = new AtomicInteger();
    run(requests, next, requests.size() / 10);
    System.out.println("begin");
    run(requests, next, requests.size());
    System.out.println("done");
  }

  private static List<HttpRequest> requests(String address, String token, int events, int batch) {
    var camera = new CameraEvents(5);
    List<HttpRequest> requests = new ArrayList<>();
    for (int from = 0; from < events; from += batch) {
      var body = new ByteArrayOutputStream(batch * (CameraEvents.BYTES + 1));
      for (int i = from; i < from + batch; i++) {
        body.writeBytes(camera.event(i % VEHICLES, i / VEHICLES, 1_772_352_000_000L + i));
        body.write('\n');
      }
      requests.add(
          HttpRequest.newBuilder(URI.create(address))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/x-ndjson")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
              .build());
    }
    return requests;
  }

  private static void run(List<HttpRequest> requests, AtomicInteger next, int until)
      throws InterruptedException {
    var senders = new Thread[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      senders[i] = Thread.ofPlatform().start(() -> send(requests, next, until));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  /** One connection: the client keeps it as long as its requests come one after the other. */
  private static void send(List<HttpRequest> requests, AtomicInteger next, int until) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = next.getAndIncrement(); i < until; i = next.getAndIncrement()) {
        var answer = client.send(requests.get(i), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
          throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
      }
      next.getAndDecrement();
    } catch (Exception failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }
}
