package io.assay.bench.stream;

import com.sun.management.OperatingSystemMXBean;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * CPU time of the web interface for each event that comes over HTTP, beside a producer that sends
 * the same bytes under the same keys; the broker and the sender are processes of their own. The
 * database is in a process of its own, too.
 */
public final class HttpReport {
  private static final int VEHICLES = 1000;
  private static final int EVENTS = 400_000;
  private static final int ROUNDS = 3;
  private static final String TOPIC = "bench.camera";
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private HttpReport() {}

  /** {@code arguments}: none. */
  public static void print(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException("bench http needs nothing, got " + arguments);
    }
    try (Broker broker = Broker.start();
        EmbeddedRuntime database =
            EmbeddedRuntime.start(EmbeddedSettings.in(broker.folder("database")))) {
      broker.createTopic(TOPIC, 4);
      Path rules = rules(broker.folder("camera.assay"));
      System.out.println("| | CPU an event, µs | events a second |\n|---|---|---|");
      line("a producer of the same records", best(() -> produced(broker.address())));
      try (AssayWeb.Running web = web(broker, database, rules)) {
        for (int batch : List.of(1000, 100, 1)) {
          int events = Math.min(EVENTS, batch * 20_000);
          line("HTTP, %d events a request".formatted(batch), best(() -> sent(web, events, batch)));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path rules(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        language 1

        stream camera from topic "%s" {
          key    vehicle  string
          time   at       timestamp(millis)
          frame           int
        }
        """
            .formatted(TOPIC));
  }

  private static AssayWeb.Running web(Broker broker, EmbeddedRuntime database, Path rules) {
    return AssayWeb.start(
        Map.of(
            "server.port", 0,
            "spring.datasource.url", database.jdbcUrl(),
            "spring.datasource.username", database.user(),
            "spring.datasource.password", database.password(),
            "assay.ingest.bootstrap-servers", broker.address(),
            "assay.ingest.rules", rules.toString()));
  }

  private record Cost(double micros, double rate) {}

  /** What is measured. */
  private interface Measurement {
    Cost run();
  }

  private static Cost best(Measurement measurement) {
    Cost best = measurement.run();
    for (int round = 1; round < ROUNDS; round++) {
      Cost cost = measurement.run();
      best = cost.micros() < best.micros() ? cost : best;
    }
    return best;
  }

  private static void line(String what, Cost cost) {
    System.out.printf(Locale.ROOT, "| %s | %.2f | %.0f |%n", what, cost.micros(), cost.rate());
  }

  /** By the settings that the web interface has. */
  private static Cost produced(String broker) {
    var camera = new CameraEvents(5);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      byte[] event = camera.event(i % VEHICLES, i / VEHICLES, 1_772_352_000_000L + i);
      records.add(new ProducerRecord<>(TOPIC, CameraEvents.key(i % VEHICLES), event));
    }
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker,
            "acks",
            "all",
            "max.in.flight.requests.per.connection",
            1,
            "linger.ms",
            5,
            "batch.size",
            262_144,
            "compression.type",
            "lz4");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      send(producer, records.subList(0, EVENTS / 10));
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      send(producer, records.subList(EVENTS / 10, EVENTS));
      return cost(cpu, start, EVENTS - EVENTS / 10);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<?>> sent = new ArrayList<>(records.size());
    records.forEach(record -> sent.add(producer.send(record)));
    try {
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Cost sent(AssayWeb.Running web, int events, int batch) {
    Tokens tokens = web.context().getBean(Tokens.class);
    var wish = new TokenWish("bench", Set.of(Scope.INGEST), Set.of(), null);
    String token =
        switch (tokens.create("default", "bench", wish)) {
          case Tokens.Creation.Made made -> made.secret();
          case Tokens.Creation.Refused refused ->
              throw new IllegalStateException(refused.toString());
        };
    String address =
        "http://127.0.0.1:%d/api/v1/projects/default/events/camera".formatted(web.port());
    try (ChildProcess sender =
        ChildProcess.start(
            HttpSender.class,
            "1g",
            List.of(address, token, Integer.toString(events), Integer.toString(batch)))) {
      sender.await("begin");
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      sender.await("done");
      return cost(cpu, start, events - events / 10);
    }
  }

  private static Cost cost(long cpu, long start, int events) {
    double nanos = System.nanoTime() - start;
    return new Cost((SYSTEM.getProcessCpuTime() - cpu) / 1e3 / events, events / (nanos / 1e9));
  }
}
