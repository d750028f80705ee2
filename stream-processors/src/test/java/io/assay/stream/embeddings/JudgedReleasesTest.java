package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules say of releases that have closed, and what follows from it. */
class JudgedReleasesTest {
  private static final int D = 6;

  @TempDir private Path folder;

  private EmbeddingsRun run() {
    return new EmbeddingsRun(D, "", false, folder);
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
  void aPinThatComesWhileAReleaseIsOpenIsComparedFromTheVectorsThatAreThere() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(0.2, 2);
    Words c = Words.random(20, 200, D, 1).refreshed(0.3, 3);
    try (var run = new EmbeddingsRun(D, pinning("a"), false, folder)) {
      run.sendWhole("a", a);
      run.sendWhole("b", b);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.known("b", "a").measures().orElseThrow().neighbours()).containsOnlyKeys(3);
      run.publish(EmbeddingsRun.rules(D, ""));
      run.pass(2);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.RETIRED);
      run.send("c", c);
      run.pass(2);
      run.publish(EmbeddingsRun.rules(D, pinning("b")));
      run.restart();
      run.row("c", "w00300", 1, 2, 3, 4, 5, 6);
      run.pass(2);
      run.marker("c");
      run.pass(9);
      assertThat(run.known("c", "b").measures().orElseThrow().neighbours()).containsOnlyKeys(3);
      assertThat(run.known("c", "b").shared()).isEqualTo(180);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
    }
  }

  @Test
  void aReleaseOfZerosIsNotMeasuredAndNotAccepted() {
    Words a = Words.random(0, 50, D, 1);
    try (var run = run()) {
      run.sendWhole("a", a);
      for (String word : a.vectors().keySet()) {
        run.row("b", word, 0, 0, 0, 0, 0, 0);
      }
      run.pass(2);
      run.marker("b");
      run.pass(9);
      assertThat(run.known("b", "a").measures()).isEmpty();
      assertThat(run.known("b", "a").unmeasured()).contains("a vector that is not zero");
    }
  }

  @Test
  void aReleaseThatViolatesIsPassedOverUntilAPersonAcceptsIt() {
    Words a = Words.random(0, 200, D, 1);
    Words b = a.refreshed(5, 2);
    Words c = b.refreshed(0.1, 3);
    try (var run = new EmbeddingsRun(D, steady("active", "eis <= 0.05"), false, folder)) {
      run.sendWhole("a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      run.sendWhole("b", b);
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
      run.sendWhole("c", c);
      assertThat(run.known("c", "b").status()).isEqualTo(ReleaseStatus.ACCEPTED);
    }
  }

  @Test
  void whatWasRejectedIsNoMoreWhenALaterOneCloses() {
    Words a = Words.random(0, 200, D, 1);
    try (var run = new EmbeddingsRun(D, steady("active", "eis <= 0.05"), false, folder)) {
      run.sendWhole("a", a);
      run.sendWhole("b", a.refreshed(5, 2));
      run.restart();
      run.sendWhole("c", a.refreshed(0.001, 3));
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
      run.sendWhole("a", a);
      run.sendWhole("b", Words.random(100, 200, D, 1));
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
      run.sendWhole("a", a);
      run.sendWhole("b", a.refreshed(5, 2));
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
      run.sendWhole("a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      run.sendWhole("b", a.refreshed(0.1, 2));
      StabilityRecord known = run.known("b", "");
      assertThat(known.status()).isEqualTo(ReleaseStatus.REJECTED);
      assertThat(known.verdicts().getFirst().reason())
          .isEqualTo("the release '2020' is not there to compare with");
    }
  }
}
