package io.assay.web.ingest;

import io.assay.web.system.PrivateNetworks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One other logger, with what waits for it. */
final class ForwardAddress implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ForwardAddress.class);
  private static final int MOST_WAITING = 10_000;
  private static final long WARN_NANOS = 60_000_000_000L;

  private final HttpClient client;
  private final URI to;
  private final Optional<String> authorization;
  private final String shown;
  private final boolean privateNetworks;
  private final long mostBytes;
  private final BlockingQueue<Forwarding.Copy> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().name("assay-forward").daemon().unstarted(this::run);
  private volatile String trouble = "";
  private long warned;

  private ForwardAddress(HttpClient client, URI to, boolean privateNetworks, long mostBytes) {
    this.client = client;
    this.to = ForwardTarget.withoutUser(to);
    this.authorization = ForwardTarget.authorization(to);
    this.shown = ForwardTarget.shown(to);
    this.privateNetworks = privateNetworks;
    this.mostBytes = mostBytes;
  }

  static ForwardAddress start(HttpClient client, URI to, boolean privateNetworks, long mostBytes) {
    var address = new ForwardAddress(client, to, privateNetworks, mostBytes);
    address.thread.start();
    return address;
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        // Whoever answers could lead into a private network.
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /**
   * What has become of requests since the start.
   *
   * @param to without a user or a query, which may be secret
   * @param dropped because too many waited
   * @param failed because the address did not take them
   * @param trouble the latest failure; empty when the last one was taken
   */
  record Status(String to, long sent, long dropped, long failed, long waiting, String trouble) {}

  Status status() {
    return new Status(shown, sent.get(), dropped.get(), failed.get(), waiting.size(), trouble);
  }

  void offer(Forwarding.Copy copy) {
    if (bytes.addAndGet(copy.bytes()) > mostBytes || !waiting.offer(copy)) {
      bytes.addAndGet(-copy.bytes());
      dropped.incrementAndGet();
    }
  }

  private void run() {
    try {
      while (true) {
        Forwarding.Copy copy = waiting.take();
        bytes.addAndGet(-copy.bytes());
        send(copy);
      }
    } catch (InterruptedException closing) {
      LOG.debug("forwarding to {} has ended", shown);
    }
  }

  private void send(Forwarding.Copy copy) throws InterruptedException {
    try {
      if (!privateNetworks && PrivateNetworks.has(to.getHost())) {
        failed("it is in a private network; assay.ingest.forward.private-networks allows that");
        return;
      }
      int status =
          client
              .send(copy.to(to, authorization), HttpResponse.BodyHandlers.discarding())
              .statusCode();
      if (status >= 200 && status < 300) {
        sent.incrementAndGet();
        trouble = "";
      } else {
        failed("it answered " + status);
      }
    } catch (IOException | IllegalArgumentException failure) {
      failed(failure.toString());
    }
  }

  private void failed(String reason) {
    failed.incrementAndGet();
    trouble = reason;
    long now = System.nanoTime();
    if (warned == 0 || now - warned > WARN_NANOS) {
      warned = now;
      LOG.warn(
          "a request was not forwarded to {}: {}; failed {}, dropped {} since the start",
          shown,
          reason,
          failed.get(),
          dropped.get());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
