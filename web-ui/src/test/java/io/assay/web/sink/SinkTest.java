package io.assay.web.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.LabelRecord;
import io.assay.stream.contract.SilentRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The sink between a real broker and a real database. */
final class SinkTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private SinkBench bench;

  @BeforeEach
  void open() {
    bench = new SinkBench(3);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void storesAndRollsUpEachViolationOnceThoughItComesTwice() throws Exception {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 600; i++) {
        bench.send(SinkBench.violation(i, NOON.plusMillis(500L * i)));
      }
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 1200);
      assertThat(sink.status().fresh()).isEqualTo(600);
      assertThat(sink.status().repeated()).isEqualTo(600);
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(600);
    assertThat(bench.number("SELECT sum(violations) FROM violation_minute")).isEqualTo(600);
    assertThat(bench.number("SELECT sum(violations) FROM violation_hour")).isEqualTo(600);
    assertThat(bench.text("SELECT version || ' ' || last - first FROM model_version_seen"))
        .isEqualTo("yolo-1 00:04:59.5");
    assertThat(
            bench.column(
                "SELECT violations FROM violation_minute WHERE assertion = 'flicker' AND level ="
                    + " 'WARNING' ORDER BY minute"))
        .containsExactly("120", "120", "120", "120", "120");
    assertThat(bench.text("SELECT min(at)::text FROM violation"))
        .startsWith("2026-03-01 12:00:00.123456");
  }

  @Test
  void episodesAreOfAllTheirViolationsAndShowTheWorst() throws Exception {
    Violation opener = SinkBench.violation(1, NOON);
    String boxes = "{\"boxes\":[{\"track\":\"t7\",\"score\":0.25}],\"score\":0.1}";
    Violation next =
        SinkBench.violation("%032x".formatted(2), "v1", NOON.plusSeconds(1), "again", boxes)
            .within(opener.id());
    bench.send(opener);
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 1);
      bench.send(next);
      bench.send(next);
      bench.send(worse(SinkBench.violation(3, NOON.plusSeconds(2)).within(opener.id())));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 4);
    }
    assertThat(
            bench.column(
                "SELECT concat_ws(' ', id = '%s', violations, lasts - opened, worst, worst_id, confidence) FROM episode"
                    .formatted(opener.id())))
        .containsExactly("t 3 00:00:02 7 %032x 0.25".formatted(3));
  }

  @Test
  void keepsWhoIsSilentUntilItSpeaks() throws Exception {
    Violation first = SinkBench.violation(1, NOON);
    Violation again =
        SinkBench.violation("%032x".formatted(2), first.key(), NOON.plusSeconds(9), "again", "{}")
            .within(first.id());
    String longest = "k".repeat(10_000);
    voice(SilentRecord.silent(first, 2_000_000_000L));
    voice(SilentRecord.silent(again, 2_000_000_000L));
    voice(new SilentRecord("default", "camera", "flicker", "other", "v9", 1, null));
    voice(
        new SilentRecord(
            "default",
            "camera",
            "flicker",
            "other",
            longest,
            1,
            new SilentRecord.Since(0, "v", "e", null)));
    bench.send(new ProducerRecord<>(bench.topics.silent(), new byte[] {1}, "{}".getBytes(UTF_8)));
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 5);
      assertThat(
              bench.column(
                  "SELECT concat_ws(' ', stream, assertion, violation, episode, opened = '%s', now() - since > '2 s', model_version)"
                          .formatted(NOON.plusSeconds(9).truncatedTo(ChronoUnit.MICROS))
                      + " FROM silent_key WHERE key = '"
                      + first.key()
                      + "'"))
          .containsExactly(
              "%s %s %s %s t t yolo-1"
                  .formatted(first.stream(), first.assertion(), again.id(), first.id()));
      assertThat(bench.number("SELECT count(*) FROM silent_key")).isEqualTo(2);
      assertThat(bench.number("SELECT count(*) FROM silence_told")).isEqualTo(2);
      assertThat(bench.number("SELECT count(*) FROM sink_skipped")).isEqualTo(1);
      voice(
          new SilentRecord(
              first.project(),
              first.stream(),
              first.assertion(),
              first.judgementHash(),
              first.key(),
              again.at() + 1,
              null));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 6);
    }
    assertThat(bench.column("SELECT length(key) FROM silent_key")).containsExactly("10000");
  }

  private void voice(SilentRecord record) {
    bench.send(new ProducerRecord<>(bench.topics.silent(), record.recordKey(), record.json()));
  }

  private static Violation worse(Violation violation) {
    return ViolationJson.read(
        new String(ViolationJson.write(violation), UTF_8)
            .replace("\"severity\":0.4", "\"severity\":7.0")
            .getBytes(UTF_8));
  }

  @Test
  void goesOnWhereItEnded() throws Exception {
    bench.send(SinkBench.violation(1, NOON));
    bench.flush();
    try (Sink first = bench.start()) {
      SinkBench.await(() -> first.status().records() == 1);
    }
    bench.send(SinkBench.violation(2, NOON));
    bench.flush();
    try (Sink second = bench.start()) {
      SinkBench.await(() -> second.status().records() == 1);
      Thread.sleep(300);
      assertThat(second.status().records()).isEqualTo(1);
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(2);
  }

  /** Rates are of what was judged as it came. */
  @Test
  void aViolationOfARepairSaysSoIsNotThereTwiceAndChangesNoRate() throws Exception {
    for (int number : new int[] {1, 2, 2, 3}) {
      Violation violation = SinkBench.violation(number, NOON.plusSeconds(number == 3 ? 120 : 0));
      var record =
          new ProducerRecord<>(
              bench.topics.violations(), new byte[] {1}, ViolationJson.write(violation));
      if (number > 1) {
        header(record, "origin", "repair");
      }
      bench.send(record);
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 4);
    }
    assertThat(bench.column("SELECT origin FROM violation ORDER BY id"))
        .containsExactly("live", "repair", "repair");
    assertThat(bench.column("SELECT violations FROM violation_minute ORDER BY minute"))
        .as("the minute of a repair is there, so that its assertion can be looked for")
        .containsExactly("1", "0");
  }

  @Test
  void asksTheBrokersThatItIsToldOf() throws Exception {
    bench.send(SinkBench.violation(1, NOON));
    bench.flush();
    SinkSettings settings = bench.settings().withKafka(Map.of("bootstrap.servers", "localhost:1"));
    try (Sink sink = Sink.start(bench.dataSource(), settings)) {
      SinkBench.await(() -> sink.status().records() == 1);
    }
  }

  @Test
  void keepsTheCountOfTheHighestSequence() throws Exception {
    List<CountRecord> counts =
        List.of(count(0, 1, 10), count(0, 3, 30), count(0, 2, 20), count(1, 7, 5));
    for (CountRecord each : counts) {
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, each.key(), each.json()));
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 4);
      CountRecord older = count(0, 2, 20);
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, older.key(), older.json()));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 5);
      CountRecord newer = count(0, 4, 42);
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, newer.key(), newer.json()));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 6);
    }
    assertThat(
            bench.column(
                "SELECT source_partition || ':' || sequence || ':' || judged FROM count_minute"
                    + " ORDER BY 1"))
        .containsExactly("0:4:42", "1:7:5");
    assertThat(bench.number("SELECT sum(seen) FROM count_minute WHERE project = 'default'"))
        .isEqualTo(47);
    assertThat(bench.column("SELECT hour || ' ' || seen || ' ' || judged FROM count_hour"))
        .as("an hour is the sum of its minutes, however often these were counted anew")
        .containsExactly("2025-02-19 21:00:00+00 47 47");
  }

  @Test
  void keepsWhatWasJudgedBySliceOfTheHighestSequence() throws Exception {
    List<CountRecord> counts =
        List.of(
            sliced(0, 1, part("night", SliceValue.TRUE, 4, 1)),
            sliced(
                0, 3, part("night", SliceValue.TRUE, 9, 2), part("rain", SliceValue.FALSE, 9, 2)),
            sliced(0, 2, part("night", SliceValue.TRUE, 5, 1)),
            sliced(1, 7, part("night", SliceValue.UNDECIDED, 3, 0)),
            count(2, 1, 5));
    for (CountRecord each : counts) {
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, each.key(), each.json()));
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 5);
      for (CountRecord each :
          List.of(
              sliced(0, 2, part("night", SliceValue.TRUE, 5, 1)),
              sliced(
                  0,
                  4,
                  part("night", SliceValue.TRUE, 11, 3),
                  part("rain", SliceValue.FALSE, 9, 2)))) {
        bench.send(new ProducerRecord<>(bench.topics.counts(), 0, each.key(), each.json()));
      }
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 7);
    }
    assertThat(
            bench.column(
                "SELECT source_partition || ':' || slice || ':' || value || ':' || sequence || ':'"
                    + " || judged || ':' || violated FROM slice_minute ORDER BY 1"))
        .as("rain is of the record that last changed it")
        .containsExactly("0:night:true:4:11:3", "0:rain:false:3:9:2", "1:night:undecided:7:3:0");
    for (int span : List.of(2, 10, 60, 360, 1440)) {
      assertThat(
              bench.column(
                  "SELECT slice || ':' || value || ':' || judged || ':' || violated FROM slice_span"
                      + " WHERE span = %d ORDER BY 1".formatted(span)))
          .containsExactly("night:true:11:3", "night:undecided:3:0", "rain:false:9:2");
    }
    assertThat(bench.column("SELECT begins::text FROM slice_span WHERE span = 1440"))
        .containsOnly("2025-02-19 00:00:00+00");
    assertThat(bench.number("SELECT sum(judged) FROM count_minute")).isEqualTo(20 + 20 + 5);
  }

  private static CountRecord.InSlice part(
      String slice, SliceValue value, long judged, long violated) {
    return new CountRecord.InSlice(slice, value, judged, violated, 0);
  }

  private static CountRecord sliced(int partition, long sequence, CountRecord.InSlice... parts) {
    return new CountRecord(
        "default",
        "camera",
        "flicker",
        "",
        29_000_000,
        partition,
        sequence,
        20,
        20,
        20,
        17,
        3,
        0,
        0,
        List.of(parts));
  }

  /**
   * So that it is marked where nothing has violated it; and no assertion without a name appears.
   */
  @Test
  void aVersionIsKnownFromTheFirstMinuteInWhichAnEventNamesIt() throws Exception {
    Violation violation = SinkBench.violation(1, NOON);
    bench.send(violation);
    long noon = NOON.getEpochSecond() / 60;
    for (CountRecord each :
        List.of(
            version("9", noon + 2, 1),
            version("9", noon + 1, 2),
            version("10", noon + 3, 1),
            version("yolo-1", noon, 1),
            version("yolo-1", noon + 5, 1))) {
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, each.key(), each.json()));
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 6);
      CountRecord older = version("10", noon - 7, 1);
      bench.send(new ProducerRecord<>(bench.topics.counts(), 0, older.key(), older.json()));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 7);
    }
    assertThat(
            bench.column(
                "SELECT version || ' ' || to_char(first AT TIME ZONE 'UTC', 'HH24:MI') FROM"
                    + " model_version_seen ORDER BY version"))
        .containsExactly("10 11:53", "9 12:01", "yolo-1 12:00");
    assertThat(bench.number("SELECT count(*) FROM count_minute")).isZero();
  }

  private static CountRecord version(String version, long minute, long sequence) {
    return new CountRecord(
        "default",
        "camera",
        CountRecord.VERSIONS,
        version,
        minute,
        0,
        sequence,
        1,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  @Test
  void countsWhatWasPutAside() throws Exception {
    for (int i = 0; i < 5; i++) {
      var letter =
          new ProducerRecord<byte[], byte[]>(bench.topics.deadLetters(), "{".getBytes(UTF_8));
      header(letter, "project", "default");
      header(letter, "stream", "camera");
      header(letter, "cause", "broken-json");
      header(letter, "detail", "ends at column " + i);
      bench.send(letter);
      var late = new ProducerRecord<byte[], byte[]>(bench.topics.late(), "{}".getBytes(UTF_8));
      header(late, "project", "default");
      header(late, "stream", "camera");
      header(late, "reason", "future");
      bench.send(late);
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 10);
    }
    assertThat(
            bench.number("SELECT sum(events) FROM dead_letter_count WHERE cause = 'broken-json'"))
        .isEqualTo(5);
    assertThat(bench.text("SELECT last_detail FROM dead_letter_count"))
        .startsWith("ends at column");
    assertThat(bench.number("SELECT sum(events) FROM late_count WHERE reason = 'future'"))
        .isEqualTo(5);
  }

  @Test
  void takesAnyTextAndKeepsTheEvidenceByteForByte() throws Exception {
    String strange = "tab\t line\n \\N \\. \u0000 \uD800 \"quoted\" ünï \uD83D\uDE97";
    String large = "{\"text\":\"a\\u0000b\\ud800\\\\\",\"filler\":\"" + "x".repeat(200_000) + "\"}";
    Violation violation = SinkBench.violation("%032x".formatted(1), strange, NOON, strange, large);
    byte[] written = ViolationJson.write(violation);
    bench.send(bench.topics.violations(), written);
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 1);
      assertThat(sink.status().skipped()).isZero();
    }
    assertThat(bench.text("SELECT evidence FROM violation").getBytes(UTF_8)).isEqualTo(written);
    assertThat(bench.text("SELECT sentence FROM violation"))
        .startsWith("tab\t line\n \\N \\. \uFFFD ")
        .endsWith("\"quoted\" ünï \uD83D\uDE97");
    assertThat(
            ViolationJson.read(bench.text("SELECT evidence FROM violation").getBytes(UTF_8)).at()
                % 1000)
        .isEqualTo(789);
  }

  @Test
  void putsBrokenRecordsWhereOneSeesThem() throws Exception {
    String good = new String(ViolationJson.write(SinkBench.violation(1, NOON)), UTF_8);
    bench.send(bench.topics.violations(), "no json".getBytes(UTF_8));
    bench.send(bench.topics.violations(), good.replace("0.4", "\"NaN\"").getBytes(UTF_8));
    bench.send(
        bench.topics.violations(),
        good.replace("yolo", "\u00ff").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    bench.send(bench.topics.violations(), (good + " {").getBytes(UTF_8));
    bench.send(new ProducerRecord<>(bench.topics.violations(), new byte[] {1}, null));
    bench.send(
        SinkBench.violation(
            IntStream.range(0, 4000)
                .mapToObj(i -> Integer.toHexString(i * 7919))
                .reduce("", String::concat),
            "v",
            NOON,
            "an id that no index takes",
            "{}"));
    bench.send(
        new ProducerRecord<>(
            bench.topics.counts(), new byte[] {1}, "{\"project\":\"default\"}".getBytes(UTF_8)));
    bench.send(bench.topics.deadLetters(), "without headers".getBytes(UTF_8));
    bench.send(bench.topics.violations(), good.getBytes(UTF_8));
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 9);
      assertThat(sink.status().skipped()).isEqualTo(8);
      assertThat(sink.status().fresh()).isEqualTo(1);
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(1);
    assertThat(bench.number("SELECT count(*) FROM sink_skipped WHERE reason <> ''")).isEqualTo(8);
    assertThat(bench.number("SELECT sum(skipped) FROM sink_offset")).isEqualTo(8);
    assertThat(bench.column("SELECT reason FROM sink_skipped"))
        .anySatisfy(it -> assertThat(it).isEqualTo("not UTF-8"))
        .anySatisfy(it -> assertThat(it).contains("refused by the database"))
        .anySatisfy(it -> assertThat(it).contains("needs the header 'project'"));
  }

  @Test
  void makesPartitionsForImportedYears() throws Exception {
    Instant longAgo = Instant.parse("1969-12-31T23:59:59.999999999Z");
    bench.send(SinkBench.violation(0, longAgo));
    for (int day = 0; day < 120; day++) {
      bench.send(
          SinkBench.violation(
              day + 1, Instant.parse("2011-01-01T00:00:00Z").plus(Duration.ofDays(day))));
    }
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().fresh() == 121);
    }
    assertThat(bench.number("SELECT count(*) FROM violation_1969_12_31")).isEqualTo(1);
    assertThat(
            bench.number(
                "SELECT count(*) FROM violation WHERE day BETWEEN '2011-01-01' AND '2011-12-31'"))
        .isEqualTo(120);
    assertThat(
            bench.text(
                "SELECT to_regclass('"
                    + DayPartitions.name(
                        "violation", LocalDate.now(java.time.ZoneOffset.UTC).plusDays(1))
                    + "')"))
        .isNotNull();
  }

  @Test
  void partitionsAreMadeOnceThoughManyWantThem() throws Exception {
    List<LocalDate> days =
        IntStream.range(0, 20).mapToObj(LocalDate.parse("2012-02-20")::plusDays).toList();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Void>> makers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Callable<Void> maker =
            () -> {
              try (var connection = bench.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                new DayPartitions().ensure(connection, days);
              }
              return null;
            };
        makers.add(threads.submit(maker));
      }
      for (Future<Void> maker : makers) {
        maker.get();
      }
    }
    assertThat(
            bench.number(
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'violation'::regclass"))
        .isEqualTo(20);
  }

  @Test
  void twoAtOnceDoubleNothing() throws Exception {
    SinkSettings all = bench.settings().withEvidence(new EvidenceBounds(3000, 0, 0));
    try (Sink first = Sink.start(bench.dataSource(), all)) {
      try (Sink second = Sink.start(bench.dataSource(), all)) {
        sendInParts(3000);
        SinkBench.await(() -> first.status().records() + second.status().records() >= 2000);
      }
      // The partitions of the one have gone to the other while there was work.
      SinkBench.await(() -> bench.number("SELECT sum(next_offset) FROM sink_offset") == 6000);
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(3000);
    assertThat(bench.number("SELECT sum(violations) FROM violation_minute")).isEqualTo(3000);
    assertThat(bench.number("SELECT sum(events) FROM dead_letter_count")).isEqualTo(3000);
  }

  @Test
  void oneThatWasOvertakenWritesNothing() throws Exception {
    deadLetter();
    bench.flush();
    try (Sink sink = bench.start()) {
      SinkBench.await(() -> sink.status().records() == 1);
      // As if another instance had taken one record behind its back.
      try (var connection = bench.database.connect();
          var statement = connection.createStatement()) {
        statement.execute(
            "UPDATE sink_offset SET next_offset = 2 WHERE topic LIKE '%dead%' AND partition = 0");
      }
      for (int i = 0; i < 60; i++) {
        deadLetter();
      }
      bench.flush();
      SinkBench.await(
          () ->
              bench.number("SELECT max(next_offset) FROM sink_offset WHERE topic LIKE '%dead%'")
                  == 61);
    }
    assertThat(bench.number("SELECT sum(events) FROM dead_letter_count")).isEqualTo(60);
  }

  @Test
  void waitsForADatabaseThatIsAwayAndLosesNothing() throws Exception {
    try (Sink sink = bench.start()) {
      bench.send(SinkBench.violation(0, NOON));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 1);
      bench.executeFromElsewhere(
          "ALTER DATABASE " + bench.databaseName() + " ALLOW_CONNECTIONS false");
      bench.executeFromElsewhere(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + bench.databaseName()
              + "'");
      for (int i = 1; i < 500; i++) {
        bench.send(SinkBench.violation(i, NOON));
      }
      bench.flush();
      SinkBench.await(() -> sink.status().trouble().isPresent());
      Thread.sleep(500);
      assertThat(sink.status().records()).isEqualTo(1);
      bench.executeFromElsewhere(
          "ALTER DATABASE " + bench.databaseName() + " ALLOW_CONNECTIONS true");
      SinkBench.await(() -> sink.status().records() == 500);
      assertThat(sink.status().trouble()).isEmpty();
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(500);
    assertThat(bench.number("SELECT sum(violations) FROM violation_minute")).isEqualTo(500);
  }

  private void sendInParts(int number) throws InterruptedException {
    for (int i = 0; i < number; i++) {
      bench.send(SinkBench.violation(i, NOON.plusMillis(20L * i)));
      deadLetter();
      if (i % 500 == 0) {
        bench.flush();
        Thread.sleep(100);
      }
    }
    bench.flush();
  }

  private void deadLetter() {
    var letter =
        new ProducerRecord<byte[], byte[]>(bench.topics.deadLetters(), 0, null, new byte[0]);
    header(letter, "project", "default");
    header(letter, "stream", "camera");
    header(letter, "cause", "no-key");
    bench.send(letter);
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private static CountRecord count(int partition, long sequence, long judged) {
    return new CountRecord(
        "default",
        "camera",
        "flicker",
        "",
        29_000_000,
        partition,
        sequence,
        judged,
        judged,
        judged,
        judged,
        0,
        0,
        0);
  }

  /**
   * Both come in turn, on partitions of two instances, so that some are stored at the same time.
   */
  @Test
  void labelsMeetTheirViolationsWhicheverIsStoredFirst() throws Exception {
    int all = 400;
    for (int i = 0; i < all; i++) {
      Violation violation = SinkBench.violation(i, NOON.plusMillis(i));
      if (i % 2 == 0) {
        bench.send(violation);
      }
      bench.send(bench.topics.labels(), label(violation.decidingEvent(), "camera"));
      bench.send(bench.topics.labels(), label(violation.decidingEvent(), "lidar"));
      if (i % 2 == 1) {
        bench.send(violation);
      }
    }
    try (Sink first = bench.start();
        Sink second = bench.start()) {
      bench.flush();
      SinkBench.await(() -> first.status().records() + second.status().records() >= 3L * all);
      // What one has read again after the other came counts twice.
      SinkBench.await(() -> bench.number("SELECT sum(next_offset) FROM sink_offset") == 3L * all);
    }
    assertThat(
            bench.column(
                "SELECT stream || ' ' || matched || ' ' || count(*) FROM label GROUP BY stream,"
                    + " matched"))
        .containsExactlyInAnyOrder("camera true " + all, "lidar false " + all);
  }

  private static byte[] label(String prediction, String stream) {
    return new LabelRecord(
            "default",
            prediction + stream,
            prediction,
            stream,
            "error",
            JsonNodeFactory.instance.nullNode(),
            List.of(),
            List.of(),
            1,
            "somebody",
            "api",
            NOON.toEpochMilli())
        .json();
  }
}
