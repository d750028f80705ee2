package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.stability.Displacement;
import io.assay.stability.StabilityReport;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsTopologyTest {
  private static final int D = 6;

  @TempDir private Path folder;

  private EmbeddingsRun run() {
    return new EmbeddingsRun(D, "", false, folder);
  }

  private static void send(EmbeddingsRun run, String release, Words words) {
    words.vectors().forEach((word, vector) -> run.row(release, word, vector));
  }

  private static void sendWhole(EmbeddingsRun run, String release, Words words) {
    send(run, release, words);
    run.pass(2);
    run.marker(release);
    run.pass(9); // with another look at the vectors where that is needed
  }

  private static void assertSame(StabilityRecord record, Words release, Words base) {
    StabilityReport batch = release.against(base, 5);
    List<String> shared = release.shared(base);
    assertThat(record.items()).isEqualTo(release.vectors().size());
    assertThat(record.baseItems()).isEqualTo(base.vectors().size());
    assertThat(record.shared()).isEqualTo(shared.size());
    Measured measured = record.measures().orElseThrow();
    assertThat(measured.eis()).isCloseTo(batch.terms().eis(), within(1e-9));
    assertThat(measured.overlap()).isCloseTo(batch.terms().overlap(), within(1e-9));
    assertThat(measured.pip()).isCloseTo(batch.terms().pip(), within(1e-9 * batch.terms().pip()));
    assertThat(Objects.requireNonNull(measured.displacement()))
        .isCloseTo(batch.displacement().mean(), within(1e-9));
    assertThat(Objects.requireNonNull(measured.neighbours().get(5)))
        .isCloseTo(batch.neighbours().orElseThrow(), within(1e-9));
    assertThat(measured.precise()).isTrue();
    List<Displacement.Moved> moved = batch.displacement().most(20);
    assertThat(record.moved()).hasSize(moved.size());
    for (int i = 0; i < moved.size(); i++) {
      assertThat(record.moved().get(i).item()).isEqualTo(shared.get(moved.get(i).row()));
      assertThat(record.moved().get(i).displacement())
          .isCloseTo(moved.get(i).displacement(), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMarkerInEachPartitionClosesARelease(boolean keyed) {
    Words a = Words.random(0, 300, D, 1);
    Words b = Words.random(20, 300, D, 1).refreshed(0.5, 2);
    try (var run = new EmbeddingsRun(D, "", keyed, folder)) {
      sendWhole(run, "a", a);
      StabilityRecord first = run.known("a", "");
      assertThat(first.status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(first.why()).isEqualTo("a marker in each partition");
      assertThat(first.items()).isEqualTo(300);
      sendWhole(run, "b", b);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertSame(run.known("b", "a"), b, a);
      assertThat(run.known("b", "a").coverage()).isEqualTo(280.0 / 320);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      run.pass(2);
      assertThat(run.stored('v')).isEqualTo(300);
      assertThat(run.stored('j') + run.stored('c')).isZero();
    }
  }

  /** Rows in any order, some sent again, others replaced, some for the base meanwhile. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatComesInAnyOrderAndIsReplacedIsTheSameAsAtOnce(long seed) {
    Words a = Words.random(0, 400, D, 1);
    Words b = Words.random(10, 400, D, 1).refreshed(0.4, 2);
    Words draft = b.refreshed(3, 3);
    var random = new Random(seed);
    List<String> order = new ArrayList<>(b.vectors().keySet());
    Collections.shuffle(order, random);
    try (var run = run()) {
      sendWhole(run, "a", a);
      for (String word : order) {
        run.row("b", word, Objects.requireNonNull(draft.vectors().get(word)));
        if (random.nextInt(50) == 0) {
          run.pass(1); // what came before its comparison began is walked, the rest is added
        }
      }
      Collections.shuffle(order, random);
      for (String word : order) {
        double[] vector = Objects.requireNonNull(b.vectors().get(word));
        run.row("b", word, vector);
        run.row("b", word, vector);
      }
      run.marker("b");
      run.pass(6);
      assertSame(run.known("b", "a"), b, a);
    }
  }

  /** With a checkpoint and what has changed since; in the middle of that, and behind it. */
  @Test
  void aRestartGoesOnFromCheckpointAndJournal() {
    Words a = Words.random(0, 4000, D, 1);
    Words b = a.refreshed(0.4, 2);
    Words draft = b.refreshed(3, 3);
    List<Map.Entry<String, double[]>> rows = new ArrayList<>(b.vectors().entrySet());
    try (var run = run()) {
      sendWhole(run, "a", a);
      run.row("b", "w00000", Objects.requireNonNull(draft.vectors().get("w00000")));
      run.pass(3);
      for (int i = 0; i < 4; i++) {
        send(run, "b", b.refreshed(2, 10 + i));
      }
      assertThat(run.stored('c')).isPositive();
      for (int i = 0; i < rows.size(); i++) {
        run.row("b", rows.get(i).getKey(), rows.get(i).getValue());
        if (i % 900 == 700) {
          run.restart();
        }
        if (i % 900 == 750) {
          assertThat(run.stored('j')).isPositive();
          run.pass(1);
        }
      }
      run.pass(2);
      run.marker("b");
      run.restart();
      run.pass(2);
      run.restart();
      run.pass(8);
      StabilityRecord known = run.known("b", "a");
      StabilityReport batch = b.against(a, 5);
      Measured measured = known.measures().orElseThrow();
      assertThat(known.shared()).isEqualTo(4000);
      assertThat(measured.eis()).isCloseTo(batch.terms().eis(), within(1e-9));
      assertThat(measured.overlap()).isCloseTo(batch.terms().overlap(), within(1e-9));
      assertThat(measured.pip()).isCloseTo(batch.terms().pip(), within(1e-9 * batch.terms().pip()));
      assertThat(Objects.requireNonNull(measured.displacement()))
          .isCloseTo(batch.displacement().mean(), within(1e-9));
      assertThat(known.moved()).hasSize(20);
    }
  }

  /** Each step in turn. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void whatWasToldAndIsLostIsAskedForAgain(int seconds) {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.3, 2);
    try (var run = run()) {
      sendWhole(run, "a", a);
      send(run, "b", b);
      run.pass(2);
      run.marker("b");
      run.pass(seconds);
      run.restartWithoutAnswers();
      run.pass(700);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertSame(run.known("b", "a"), b, a);
    }
  }

  @Test
  void rowsOfAReleaseThatIsClosedAreLate() {
    Words a = Words.random(0, 50, D, 1);
    try (var run = run()) {
      sendWhole(run, "a", a);
      run.row("a", "late", 1, 2, 3, 4, 5, 6);
      assertThat(run.read(EmbeddingsRun.TOPICS.late()))
          .singleElement()
          .satisfies(
              record -> {
                LateRecord late = LateRecord.read(record.headers());
                assertThat(late.reason()).isEqualTo(LateRecord.LATE);
                assertThat(late.provenance().source().topic()).isEqualTo("words");
                assertThat(record.key()).asString().isEqualTo("own");
                assertThat(record.value()).asString().contains("\"late\"");
              });
      assertThat(run.figures.late()).isOne();
      run.pass(3);
      assertThat(run.known("a", "").items()).isEqualTo(50);
    }
  }

  @Test
  void whatIsNeitherARowNorAMarkerIsPutAside() {
    try (var run = run()) {
      run.send("{");
      run.send("{\"word\":\"x\",\"vector\":[1,2,3,4,5,6]}");
      run.send("{\"release\":\"a\",\"vector\":[1,2,3,4,5,6]}");
      run.send("{\"word\":\"x\",\"release\":\"a\"}");
      run.send("{\"word\":\"x\",\"release\":\"a\",\"vector\":[1,2,3]}");
      run.send("{\"word\":\"x\",\"release\":\"a\",\"vector\":[1,2,3,4,5,\"NaN\"]}");
      run.send("{\"word\":\"x\",\"release\":\"a\",\"vector\":[1,2,3,4,5,1e300]}");
      run.send("{\"word\":\"x\",\"release\":\"a\",\"closed\":true}");
      run.send("{\"release\":\"a\",\"closed\":true,\"vector\":[1,2,3,4,5,6]}");
      run.send("{\"release\":\"a\",\"closed\":\"yes\"}");
      assertThat(run.read(EmbeddingsRun.TOPICS.deadLetters()))
          .extracting(record -> DeadLetter.read(record.headers()).cause())
          .containsExactly(
              "broken-json",
              "no-version",
              "no-key",
              "broken-vector",
              "broken-vector",
              "broken-vector",
              "broken-vector",
              "broken-marker",
              "broken-marker",
              "broken-marker");
      run.pass(3);
      assertThat(run.isKnown("a", "")).isFalse();
    }
  }

  @Test
  void withoutAMarkerARefreshClosesWhenNearlyAllHasComeAndItIsQuiet() {
    Words a = Words.random(0, 200, D, 1);
    Words most = Words.random(3, 197, D, 1).refreshed(0.1, 2);
    try (var run = run()) {
      sendWhole(run, "a", a);
      send(run, "b", most);
      run.pass(60);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.OPEN);
      run.row("b", "w00001", Objects.requireNonNull(a.vectors().get("w00001")));
      run.pass(15);
      run.row("b", "w00001", 1, 1, 1, 1, 1, 1);
      run.pass(15);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.OPEN);
      run.pass(20);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.known("b", "").why()).isEqualTo("99 % of the items of 'a', and quiet");
    }
  }

  @Test
  void theFirstReleaseClosesWhenAnotherHasBegunAndItIsQuiet() {
    Words a = Words.random(0, 60, D, 1);
    try (var run = run()) {
      send(run, "a", a);
      run.pass(60);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.OPEN);
      Words b = a.refreshed(0.1, 2);
      send(run, "b", b);
      run.pass(10);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      // What had come of the other meanwhile is compared with it now.
      run.pass(40);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertSame(run.known("b", "a"), b, a);
    }
  }

  /** As a service does that is started years later. */
  @Test
  void aHistoryThatIsReadAtOnceIsComparedReleaseByRelease() {
    List<Words> all = new ArrayList<>(List.of(Words.random(0, 80, D, 1)));
    try (var run = run()) {
      for (int i = 0; i < 5; i++) {
        send(run, "r" + i, all.getLast());
        run.marker("r" + i);
        all.add(all.getLast().refreshed(0.2, i));
      }
      run.pass(40);
      for (int i = 1; i < 5; i++) {
        assertSame(run.known("r" + i, "r" + (i - 1)), all.get(i), all.get(i - 1));
      }
      assertThat(run.known("r4", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.stored('v')).isEqualTo(80);
    }
  }

  @Test
  void atMostTwoAreOpenAtATime() {
    try (var run = run()) {
      for (String release : List.of("a", "b", "c")) {
        run.row(release, "x", 1, 2, 3, 4, 5, 6);
        run.pass(2);
      }
      run.pass(3);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ABANDONED);
      assertThat(run.known("a", "").why())
          .isEqualTo("2 releases began after it before it was complete");
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.OPEN);
      assertThat(run.stored('v')).isEqualTo(2);
      run.row("a", "y", 1, 2, 3, 4, 5, 6);
      assertThat(run.figures.late()).isOne();
    }
  }

  private static String pinning(String release) {
    return """
    assertion pinned on words {
      compare release with "%s"
      expect eis <= 1
      expect neighbours(3) >= 0
      mode shadow
    }
    """
        .formatted(release);
  }

  @Test
  void aPinThatComesWhileAReleaseIsOpenIsComparedFromTheVectorsThatAreThere() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.2, 2);
    Words c = Words.random(20, 200, D, 1).refreshed(0.3, 3);
    try (var run = new EmbeddingsRun(D, pinning("a"), false, folder)) {
      sendWhole(run, "a", a);
      sendWhole(run, "b", b);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.known("b", "a").measures().orElseThrow().neighbours()).containsOnlyKeys(3);
      run.publish(EmbeddingsRun.rules(D, ""));
      run.pass(2);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      send(run, "c", c);
      run.pass(2);
      run.publish(EmbeddingsRun.rules(D, pinning("b")));
      run.restart();
      run.row("c", "w00300", 1, 2, 3, 4, 5, 6);
      run.pass(2);
      run.marker("c");
      run.pass(6);
      assertThat(run.known("c", "b").measures().orElseThrow().neighbours()).containsOnlyKeys(3);
      assertThat(run.known("c", "b").shared()).isEqualTo(180);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
    }
  }

  /** What was accepted last changes while another release comes. */
  @Test
  void anOpenReleaseIsComparedWithWhatWasAcceptedMeanwhile() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.2, 2);
    Words c = a.refreshed(0.3, 3);
    try (var run = run()) {
      sendWhole(run, "a", a);
      send(run, "b", b);
      send(run, "c", c);
      run.pass(3);
      run.marker("b");
      run.pass(6);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      run.row("c", "w00007", Objects.requireNonNull(b.vectors().get("w00007")));
      c.vectors().put("w00007", Objects.requireNonNull(b.vectors().get("w00007")));
      run.marker("c");
      run.pass(6);
      assertSame(run.known("c", "b"), c, b);
      assertThat(run.isKnown("c", "a")).isFalse();
    }
  }

  /** As when a time was taken for the release. */
  @Test
  void moreReleasesThanThereCanBeArePutAside() {
    try (var run = run()) {
      for (int i = 0; i < 2000; i++) {
        run.row("r" + i, "x", 1, 2, 3, 4, 5, 6);
        if (i % 250 == 0) {
          run.pass(1);
        }
      }
      run.marker("another");
      assertThat(run.read(EmbeddingsRun.TOPICS.deadLetters()))
          .hasSizeGreaterThan(1000)
          .last()
          .satisfies(
              record ->
                  assertThat(DeadLetter.read(record.headers()).detail())
                      .isEqualTo(
                          "the release 'another' came with a hundred others at once; is that what"
                              + " 'release' is?"));
      run.pass(10);
      assertThat(run.stored('v')).isEqualTo(2);
      // What is wanted after that is compared as ever.
      Words a = Words.random(0, 100, D, 1);
      sendWhole(run, "a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.stored('r')).isLessThanOrEqualTo(501);
    }
  }

  /** Two directions of which one hardly counts: inner products lose it, the factor does not. */
  @Test
  void whatInnerProductsCannotTellIsComparedThePreciseWay() {
    Words a = Words.random(0, 300, D, 1);
    a.vectors().values().forEach(vector -> vector[0] = (float) (vector[0] * 1e-7));
    Words b = Words.random(0, 300, D, 1).refreshed(0.3, 2);
    b.vectors().values().forEach(vector -> vector[0] = (float) (vector[0] * 1e-7));
    try (var run = run()) {
      sendWhole(run, "a", a);
      sendWhole(run, "b", b);
      run.pass(3);
      StabilityRecord known = run.known("b", "a");
      Measured measured = known.measures().orElseThrow();
      StabilityReport batch = b.against(a, 5);
      assertThat(measured.method()).isEqualTo("factor");
      assertThat(measured.eis()).isCloseTo(batch.terms().eis(), within(1e-9));
      assertThat(measured.condition()).isGreaterThan(1e6);
      assertThat(known.moved()).hasSize(20);
      assertThat(known.status()).isEqualTo(ReleaseStatus.ACCEPTED);
    }
  }

  @Test
  void otherDimensionsGoOnWithTheBaseThatThereIs() {
    Words a = Words.random(0, 200, D, 1);
    Words b = Words.random(0, 200, 4, 1);
    try (var run = run()) {
      sendWhole(run, "a", a);
      run.row("half", "x", 1, 2, 3, 4, 5, 6);
      run.pass(2);
      run.restart(EmbeddingsRun.rules(4, ""));
      run.row("half", "y", 1, 2, 3, 4);
      assertThat(run.read(EmbeddingsRun.TOPICS.deadLetters()))
          .singleElement()
          .satisfies(
              record ->
                  assertThat(DeadLetter.read(record.headers()).detail())
                      .contains("another length than 4"));
      run.pass(2);
      assertThat(run.known("half", "").status()).isEqualTo(ReleaseStatus.ABANDONED);
      assertThat(run.known("half", "").why())
          .isEqualTo("its vectors have 6 numbers, 4 are declared now");
      sendWhole(run, "b", b);
      assertSame(run.known("b", "a"), b, a);
    }
  }

  @Test
  void aReleaseOfZerosIsNotMeasuredAndNotAccepted() {
    Words a = Words.random(0, 50, D, 1);
    try (var run = run()) {
      sendWhole(run, "a", a);
      for (String word : a.vectors().keySet()) {
        run.row("b", word, 0, 0, 0, 0, 0, 0);
      }
      run.pass(2);
      run.marker("b");
      run.pass(6);
      assertThat(run.known("b", "a").measures()).isEmpty();
      assertThat(run.known("b", "a").unmeasured()).contains("a vector that is not zero");
    }
  }

  private static String steady(String mode, String expect) {
    return """
    assertion steady on words {
      compare release with previous
      at least 90%% of items
      expect %s
      expect neighbours(5) >= 0
      mode %s
    }
    """
        .formatted(expect, mode);
  }

  @Test
  void aReleaseThatViolatesIsPassedOverUntilAPersonAcceptsIt() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(5, 2);
    Words c = b.refreshed(0.1, 3);
    try (var run = new EmbeddingsRun(D, steady("active", "eis <= 0.05"), false, folder)) {
      sendWhole(run, "a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      sendWhole(run, "b", b);
      StabilityRecord rejected = run.known("b", "a");
      assertThat(rejected.status()).isEqualTo(ReleaseStatus.REJECTED);
      assertThat(rejected.why()).isEqualTo("steady 1 is violated");
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.REJECTED);
      Violation violation =
          run.read(EmbeddingsRun.TOPICS.violations()).stream()
              .map(record -> ViolationJson.read(record.value()))
              .reduce((one, other) -> other)
              .orElseThrow();
      assertThat(rejected.verdicts())
          .containsExactly(
              new StabilityRecord.Verdict(
                  "steady", "1", StabilityRecord.Outcome.VIOLATED, "", violation.id()),
              new StabilityRecord.Verdict("steady", "2", StabilityRecord.Outcome.HELD, "", ""));
      assertThat(violation.subject()).isEqualTo("b against a");
      assertThat(violation.sentence()).contains("`eis <= 0.05` does not hold");
      assertThat(violation.at()).isEqualTo(EmbeddingsRun.START * 1_000_000);
      run.pass(2);
      assertThat(run.read(EmbeddingsRun.TOPICS.counts()))
          .extracting(record -> CountRecord.read(record.value()))
          .anySatisfy(count -> assertThat(count.violated()).isOne())
          .allSatisfy(count -> assertThat(count.partition()).isGreaterThanOrEqualTo(3 << 20));

      run.accept("b", "ann");
      run.pass(2);
      assertThat(run.known("b", "a").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.known("b", "").by()).isEqualTo("ann");
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      sendWhole(run, "c", c);
      assertThat(run.known("c", "b").status()).isEqualTo(ReleaseStatus.ACCEPTED);
    }
  }

  @Test
  void whatWasRejectedIsNoMoreWhenALaterOneCloses() {
    Words a = Words.random(0, 200, D, 1);
    try (var run = new EmbeddingsRun(D, steady("active", "eis <= 0.05"), false, folder)) {
      sendWhole(run, "a", a);
      sendWhole(run, "b", a.refreshed(5, 2));
      run.restart();
      sendWhole(run, "c", a.refreshed(0.001, 3));
      assertThat(run.known("c", "a").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      run.accept("b", "ann");
      run.pass(3);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      assertThat(run.stored('v')).isEqualTo(200);
    }
  }

  @Test
  void aPairWithTooFewItemsIsUndecidedAndNotAccepted() {
    Words a = Words.random(0, 200, D, 1);
    try (var run = new EmbeddingsRun(D, steady("active", "eis <= 1"), false, folder)) {
      sendWhole(run, "a", a);
      sendWhole(run, "b", Words.random(100, 200, D, 1));
      StabilityRecord known = run.known("b", "a");
      assertThat(known.status()).isEqualTo(ReleaseStatus.REJECTED);
      assertThat(known.verdicts())
          .allSatisfy(
              verdict ->
                  assertThat(verdict.reason())
                      .isEqualTo("needs at least 90.0 % of items in both, got 33.3 %"));
    }
  }

  @Test
  void anAssertionInShadowDecidesNothing() {
    Words a = Words.random(0, 200, D, 1);
    try (var run = new EmbeddingsRun(D, steady("shadow", "eis <= 0.05"), false, folder)) {
      sendWhole(run, "a", a);
      sendWhole(run, "b", a.refreshed(5, 2));
      assertThat(run.known("b", "a").verdicts().getFirst().outcome())
          .isEqualTo(StabilityRecord.Outcome.VIOLATED);
      assertThat(run.known("b", "a").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.read(EmbeddingsRun.TOPICS.violations())).hasSize(1);
    }
  }

  @Test
  void aPinnedReleaseThatIsNotThereLeavesItUndecided() {
    Words a = Words.random(0, 100, D, 1);
    String pinned = pinning("2020").replace("mode shadow", "mode active");
    try (var run = new EmbeddingsRun(D, pinned, false, folder)) {
      sendWhole(run, "a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      sendWhole(run, "b", a.refreshed(0.1, 2));
      StabilityRecord known = run.known("b", "");
      assertThat(known.status()).isEqualTo(ReleaseStatus.REJECTED);
      assertThat(known.verdicts().getFirst().reason())
          .isEqualTo("the release '2020' is not there to compare with");
    }
  }
}
