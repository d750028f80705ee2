package io.assay.bench.web;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.bench.Visitor;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long it takes from an event's sending until somebody who has the overview open is shown what
 * came of it: broker, processors, sink, database, web interface and the open page's own request,
 * {@code ./assay bench live [EVENTS]}.
 */
public final class LiveReport {
  private static final int USUAL = 100;
  private static final int WARM = 10;
  private static final String TOPIC = "bench.live";
  private static final String RULES =
      """
      stream requests from topic "bench.live" {
        key  key   string
        time at    timestamp(millis)
        score ratio
      }
      assertion sure on requests { expect score > 0.5 mode active }
      """;

  private LiveReport() {}

  /** {@code arguments}: how many events, 100 where nothing is said. */
  public static void print(List<String> arguments) {
    int events = arguments.isEmpty() ? USUAL : Integer.parseInt(arguments.getFirst());
    try {
      Path folder = Files.createTempDirectory("assay-bench-live");
      try (EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(folder))) {
        runtime.createTopics(Topics.standard().plans(1).stream().map(TopicPlan::newTopic).toList());
        runtime.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
        var settings =
            ProcessorSettings.of(runtime.bootstrapServers(), folder.resolve("streams"))
                .in("default", Topics.standard());
        try (StreamProcessors processors = StreamProcessors.start(rules(), settings);
            AssayWeb.Running web = web(runtime)) {
          measure(runtime, web, events);
          System.err.printf(
              "%d events were judged%n", processors.status().getFirst().figures().events());
        }
      } finally {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static CheckedRules rules() {
    return new RuleCompiler()
        .compile(List.of(new SourceFile("live.assay", RULES)))
        .rules()
        .orElseThrow();
  }

  private static AssayWeb.Running web(EmbeddedRuntime runtime) {
    return BenchedWeb.start(
        runtime, Map.of("assay.sink.bootstrap-servers", runtime.bootstrapServers()), Map.of());
  }

  /** What the page showed, and when; {@code nanos} as the JVM's clock has them. */
  private record Shown(long nanos, long events, long violations) {}

  private static void measure(EmbeddedRuntime runtime, AssayWeb.Running web, int events) {
    Visitor visitor = WebReport.visitor(web);
    List<Shown> shown = new CopyOnWriteArrayList<>();
    Thread page = Thread.ofVirtual().start(() -> follow(visitor, shown));
    long[] sent = new long[WARM + events];
    Random random = new Random(7);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", runtime.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < sent.length; i++) {
        // At any time of whatever beats: else all would wait for it as long.
        Thread.sleep(1_000 + random.nextInt(1_000));
        String event =
            "{\"key\": \"key-%d\", \"at\": %d, \"score\": 0.25}"
                .formatted(i % 10, System.currentTimeMillis());
        sent[i] = System.nanoTime();
        var unused = producer.send(new ProducerRecord<>(TOPIC, "key-" + i % 10, event));
        producer.flush();
      }
      Thread.sleep(10_000);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    page.interrupt();
    System.out.printf(
        "| of %d events, until the overview shows | p50, ms | p95, ms | longest, ms"
            + " |%n|---|---|---|---|%n",
        events);
    tell("its violation", sent, shown, Shown::violations);
    tell("that it was judged", sent, shown, Shown::events);
  }

  /** As the page does: told that there is news, it asks for its figures. */
  private static void follow(Visitor visitor, List<Shown> shown) {
    try (Stream<String> lines = visitor.lines("/p/default/live")) {
      lines
          .filter(line -> line.startsWith("data:"))
          .forEach(
              line -> {
                JsonNode figures =
                    JsonMapper.shared()
                        .readTree(visitor.get("/api/v1/projects/default/overview?range=1h"));
                shown.add(
                    new Shown(
                        System.nanoTime(),
                        figures.path("events").asLong(),
                        figures.path("violations").asLong()));
              });
    }
  }

  private static void tell(
      String what, long[] sent, List<Shown> shown, ToLongFunction<Shown> count) {
    List<Double> millis = new ArrayList<>();
    for (int i = WARM; i < sent.length; i++) {
      long number = i + 1L;
      long since = sent[i];
      shown.stream()
          .filter(one -> count.applyAsLong(one) >= number)
          .findFirst()
          .ifPresent(one -> millis.add((one.nanos() - since) / 1e6));
    }
    if (millis.size() < sent.length - WARM) {
      throw new IllegalStateException(
          "%s: only %d of %d were shown, the last of %d times: %s"
              .formatted(
                  what,
                  millis.size(),
                  sent.length - WARM,
                  shown.size(),
                  shown.isEmpty() ? "none" : shown.getLast()));
    }
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f |%n",
        what,
        millis.get(millis.size() / 2),
        millis.get((int) Math.ceil(0.95 * millis.size()) - 1),
        millis.getLast());
  }
}
