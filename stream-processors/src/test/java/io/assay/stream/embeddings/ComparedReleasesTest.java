package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.stability.StabilityReport;
import io.assay.stream.contract.DeadLetter;
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

/** What is told of two releases is what a comparison of all rows at once says. */
class ComparedReleasesTest {
  private static final int D = 6;

  @TempDir private Path folder;

  private EmbeddingsRun run() {
    return new EmbeddingsRun(D, "", false, folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMarkerInEachPartitionClosesARelease(boolean keyed) {
    Words a = Words.random(0, 300, D, 1);
    Words b = Words.random(20, 300, D, 1).refreshed(0.5, 2);
    try (var run = new EmbeddingsRun(D, "", keyed, folder)) {
      run.sendWhole("a", a);
      StabilityRecord first = run.known("a", "");
      assertThat(first.status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(first.why()).isEqualTo("a marker in each partition");
      assertThat(first.items()).isEqualTo(300);
      run.sendWhole("b", b);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      b.assertSame(run.known("b", "a"), a);
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
      run.sendWhole("a", a);
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
      run.pass(9);
      b.assertSame(run.known("b", "a"), a);
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
      run.sendWhole("a", a);
      run.row("b", "w00000", Objects.requireNonNull(draft.vectors().get("w00000")));
      run.pass(3);
      for (int i = 0; i < 4; i++) {
        run.send("b", b.refreshed(2, 10 + i));
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
      run.pass(11);
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
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatWasToldAndIsLostIsAskedForAgain(int seconds) {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.3, 2);
    try (var run = run()) {
      run.sendWhole("a", a);
      run.send("b", b);
      run.pass(2);
      run.marker("b");
      run.pass(seconds);
      run.restartWithoutAnswers();
      run.pass(700);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      b.assertSame(run.known("b", "a"), a);
    }
  }

  /** As a service does that is started years later. */
  @Test
  void aHistoryThatIsReadAtOnceIsComparedReleaseByRelease() {
    List<Words> all = new ArrayList<>(List.of(Words.random(0, 80, D, 1)));
    try (var run = run()) {
      for (int i = 0; i < 5; i++) {
        run.send("r" + i, all.getLast());
        run.marker("r" + i);
        all.add(all.getLast().refreshed(0.2, i));
      }
      run.pass(40);
      for (int i = 1; i < 5; i++) {
        all.get(i).assertSame(run.known("r" + i, "r" + (i - 1)), all.get(i - 1));
      }
      assertThat(run.known("r4", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.stored('v')).isEqualTo(80);
    }
  }

  /** What was accepted last changes while another release comes. */
  @Test
  void anOpenReleaseIsComparedWithWhatWasAcceptedMeanwhile() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.2, 2);
    Words c = a.refreshed(0.3, 3);
    try (var run = run()) {
      run.sendWhole("a", a);
      run.send("b", b);
      run.send("c", c);
      run.pass(3);
      run.marker("b");
      run.pass(9);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      run.row("c", "w00007", Objects.requireNonNull(b.vectors().get("w00007")));
      c.vectors().put("w00007", Objects.requireNonNull(b.vectors().get("w00007")));
      run.marker("c");
      run.pass(9);
      c.assertSame(run.known("c", "b"), b);
      assertThat(run.isKnown("c", "a")).isFalse();
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
      run.sendWhole("a", a);
      run.sendWhole("b", b);
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
      run.sendWhole("a", a);
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
      run.sendWhole("b", b);
      b.assertSame(run.known("b", "a"), a);
    }
  }
}
