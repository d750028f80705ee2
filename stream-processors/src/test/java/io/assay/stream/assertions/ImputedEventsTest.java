package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.imputation.ImputersInForce;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gaps are filled before the model, and before rules are asked. */
class ImputedEventsTest {
  private static final String RULES =
      """
      stream applications from topic "credit.features" {
        key      applicant   string
        time     at          timestamp(millis)
        features {
          income             double? from money.income
          region             enum("north", "south")?
          age                int?
        }
        impute   features    every 6h from last 50000 events
      }

      assertion sure on applications {
        where    has(imputed.income)
        expect   imputed.income.confidence >= 0.999
        mode     active
      }

      assertion complete on applications {
        window   tumbling 10s at least 5 events
        expect   missing(features.income) < 10%
        mode     active
      }

      assertion plausible on applications {
        expect   features.income in 0.0 .. 100000.0 when present
        mode     active
      }
      """;

  private static final CheckedRules LIVE = rules();
  private static final StreamType STREAM = LIVE.stream("applications").orElseThrow();
  private static final String COMPLETED =
      TopologyRun.TOPICS.imputed(TopologyRun.PROJECT, "applications");
  private static final AimNet IMPUTER = imputer();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final AtomicReference<Optional<ImputersInForce.InForce>> inForce =
      new AtomicReference<>(Optional.of(new ImputersInForce.InForce(3, IMPUTER, 0)));
  private boolean isThere = true;
  private final ImputersInForce imputers =
      new ImputersInForce() {
        @Override
        public Optional<InForce> of(String stream, String groupHash) {
          return Objects.requireNonNull(inForce.get());
        }

        @Override
        public boolean canWrite(String stream) {
          return isThere;
        }
      };

  @TempDir private Path folder;

  @Test
  void gapsAreFilledAndAllElseIsAsItCame() {
    try (TopologyRun run = run(LIVE)) {
      var headers = new RecordHeaders().add("tenant", "a".getBytes(StandardCharsets.UTF_8));
      run.send(
          "k".getBytes(StandardCharsets.UTF_8),
          bytes(
              "{\"applicant\":\"p1\",\"at\":0,\"note\":1.50,\"features\":{\"money\":{\"cents\":7},\"region\":\"north\"}}"),
          headers);
      TestRecord<byte[], byte[]> record = run.read(COMPLETED).getFirst();
      assertThat(record.key()).isEqualTo(bytes("k"));
      assertThat(HeaderNames.text(record.headers(), "tenant")).isEqualTo("a");
      assertThat(record.headers().toArray()).as("and none of ours").hasSize(1);
      assertThat(text(record)).startsWith("{\"applicant\":\"p1\",\"at\":0,\"note\":1.50,");
      JsonNode event = JSON.readTree(record.value());
      JsonNode income = event.at("/imputed/income");
      assertThat(income.path("value").asDouble()).isLessThan(35_000);
      assertThat(event.at("/features/money/income")).isEqualTo(income.path("value"));
      assertThat(event.at("/features/money/cents").asInt()).isEqualTo(7);
      assertThat(income.path("version").asLong()).isEqualTo(3);
      assertThat(income.at("/attention/region").asDouble()).isGreaterThan(0.5);
      assertThat(event.at("/imputed/age/value").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void withoutGapsOrWithoutAnImputerEventsPassUnchanged() {
    String whole =
        "{ \"applicant\":\"p1\", \"at\":0,"
            + " \"features\":{\"money\":{\"income\":1},\"region\":\"north\",\"age\":3}}";
    String gap = "{ \"applicant\":\"p1\", \"at\":1, \"features\":{\"region\":\"north\"}}";
    String none = "{ \"applicant\":\"p1\", \"at\":2 }";
    try (TopologyRun run = run(LIVE)) {
      run.send(whole);
      run.send(none);
      inForce.set(Optional.empty());
      run.send(gap);
      assertThat(run.read(COMPLETED))
          .extracting(ImputedEventsTest::text)
          .containsExactly(whole, none, gap);
      assertThat(run.read(COMPLETED)).isEmpty();
      isThere = false;
      run.send(gap);
      assertThat(run.read(COMPLETED)).as("nowhere to write to").isEmpty();
    }
  }

  @Test
  void whatItIsNotSureEnoughOfStaysAGap() {
    inForce.set(Optional.of(new ImputersInForce.InForce(3, IMPUTER, 0.9999)));
    try (TopologyRun run = run(LIVE)) {
      run.send("{\"applicant\":\"p1\",\"at\":0,\"features\":{\"money\":{},\"region\":\"north\"}}");
      JsonNode event = JSON.readTree(run.read(COMPLETED).getFirst().value());
      JsonNode age = event.at("/imputed/age");
      assertThat(age.path("abstained").asBoolean()).isTrue();
      assertThat(age.path("confidence").asDouble()).isLessThan(0.9999);
      assertThat(age.has("value")).isFalse();
      assertThat(event.path("features").has("age")).isFalse();
    }
  }

  @Test
  void aCompletedEventThatComesAgainIsFilledAnew() {
    try (TopologyRun run = run(LIVE)) {
      run.send(
          "{\"applicant\":\"p1\",\"at\":0,\"features\":{\"money\":{\"income\":999999},\"region\":\"south\",\"age\":3},"
              + "\"imputed\":{\"income\":{\"value\":999999,\"confidence\":1.0}}}");
      JsonNode event = JSON.readTree(run.read(COMPLETED).getFirst().value());
      assertThat(event.at("/imputed/income/value").asDouble()).isBetween(35_000.0, 100_000.0);
      assertThat(event.at("/features/money/income")).isEqualTo(event.at("/imputed/income/value"));
      assertThat(run.violations()).extracting(Violation::assertion).containsExactly("sure");
    }
  }

  @Test
  void whatIsCompletedIsJudgedAsWhatItWasMadeOf() {
    List<String> completed;
    List<String> live;
    try (TopologyRun run = run(LIVE)) {
      events().forEach(run::send);
      live = run.violations().stream().map(ImputedEventsTest::told).sorted().toList();
      completed = run.read(COMPLETED).stream().map(ImputedEventsTest::text).toList();
    }
    assertThat(completed).hasSameSizeAs(events());
    List<String> found = backtest(completed);
    assertThat(found.stream().filter(told -> !told.startsWith("complete")))
        .containsExactlyElementsOf(live);
    assertThat(live).anyMatch(told -> told.startsWith("sure"));
    assertThat(live).anyMatch(told -> told.startsWith("plausible"));
    assertThat(of("complete", found)).isNotEmpty().isEqualTo(of("complete", backtest(events())));
    assertThat(of("plausible", found)).isEqualTo(of("plausible", backtest(events())));
  }

  private static List<String> of(String assertion, List<String> told) {
    return told.stream().filter(one -> one.startsWith(assertion + " ")).toList();
  }

  private static String told(Violation violation) {
    return "%s %d %s".formatted(violation.assertion(), violation.at(), violation.id());
  }

  private static List<String> backtest(List<String> events) {
    List<String> found = new ArrayList<>();
    Backtest.run(
        LIVE,
        TopologyRun.PROJECT,
        List.of(
            Recording.ofLines(
                STREAM, "events", new ByteArrayInputStream(bytes(String.join("\n", events))))),
        Extent.ALL,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            found.add(told(violation));
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + ' ' + cause + ' ' + detail);
          }

          @Override
          public void progress(long events) {}
        });
    return found.stream().sorted().toList();
  }

  private static List<String> events() {
    var random = new SplittableRandom(5);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String income =
          random.nextInt(3) == 0 ? "" : "\"money\":{\"income\":" + random.nextInt(120_000) + "},";
      events.add(
          "{\"applicant\":\"p%d\",\"at\":%d,\"features\":{%s\"region\":\"%s\"}}"
              .formatted(i % 7, i * 500, income, random.nextBoolean() ? "north" : "south"));
    }
    return events;
  }

  private TopologyRun run(CheckedRules rules) {
    return new TopologyRun(
        LiveRules.fixed(rules),
        rules.streams(),
        true,
        folder.resolve("" + System.nanoTime()),
        imputers);
  }

  /** Income follows the region; age nothing. */
  private static AimNet imputer() {
    var random = new SplittableRandom(1);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      boolean north = random.nextBoolean();
      rows.add(
          List.of(
              Double.toString((north ? 20_000 : 50_000) + random.nextInt(1000)),
              north ? "north" : "south",
              Integer.toString(20 + random.nextInt(50))));
    }
    Table table = Table.of(List.of("income", "region", "age"), rows);
    Schema schema =
        Schema.of(
            List.of(
                new Column.Numbers("income"),
                new Column.Category("region"),
                new Column.Numbers("age")),
            table);
    return Fitting.fit(table, schema, Fitting.Form.PLAIN, 1, pass -> true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(TestRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static CheckedRules rules() {
    var compiled = new RuleCompiler().compile(List.of(new SourceFile("credit.assay", RULES)));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString()));
  }
}
