package io.assay.web.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.system.ProgramClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 202 means that it is there, whatever happens to the one who said so. */
class AcknowledgedEventsTest {
  private static final int SENDERS = 4;
  private static final int BATCH = 20;

  @TempDir private Path folder;

  @Test
  void everyAcknowledgedEventIsThereThoughTheProcessIsKilled() throws Exception {
    try (IngestRun run = IngestRun.start(folder, Map.of())) {
      String secret = run.secret(new TokenWish("killed", Set.of(Scope.INGEST), Set.of(), null));
      var database = run.web.database();
      Map<String, String> properties =
          Map.of(
              "spring.datasource.url", database.jdbcUrl(),
              "spring.datasource.username", database.user(),
              "spring.datasource.password", database.password(),
              "server.port", "0",
              "assay.ingest.bootstrap-servers", TestBroker.shared().bootstrapServers(),
              "assay.ingest.rules", run.rules.toString());
      var acknowledged = new ConcurrentSkipListSet<Integer>();
      try (IngestProcess process = IngestProcess.start(properties)) {
        var next = new AtomicInteger();
        var senders = new Thread[SENDERS];
        for (int i = 0; i < SENDERS; i++) {
          senders[i] =
              Thread.ofVirtual().start(() -> send(process.port, secret, next, acknowledged));
        }
        while (acknowledged.size() < 1000) {
          Thread.sleep(20);
        }
        process.kill();
        for (Thread sender : senders) {
          sender.join();
        }
      }
      Set<Integer> there = new HashSet<>();
      run.records("speed")
          .forEach(record -> there.add(Integer.valueOf(IngestRun.text(record.key()).substring(1))));
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(1000);
      assertThat(there).containsAll(acknowledged);
    }
  }

  private static void send(int port, String secret, AtomicInteger next, Set<Integer> acknowledged) {
    var program = new ProgramClient("http://127.0.0.1:" + port, secret);
    while (true) {
      int first = next.getAndAdd(BATCH);
      var lines = new StringBuilder();
      for (int i = first; i < first + BATCH; i++) {
        lines.append("{\"vehicle\":\"n").append(i).append("\",\"at\":1}\n");
      }
      try {
        var answer =
            program.post(IngestRun.path("speed"), "application/x-ndjson", lines.toString());
        if (answer.statusCode() != 202) {
          return;
        }
      } catch (UncheckedIOException killed) {
        return;
      }
      for (int i = first; i < first + BATCH; i++) {
        acknowledged.add(i);
      }
    }
  }
}
