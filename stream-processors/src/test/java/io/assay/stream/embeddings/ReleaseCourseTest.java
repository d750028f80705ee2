package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.ReleaseStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When releases open and close, and what becomes of what does not belong to one. */
class ReleaseCourseTest {
  private static final int D = 6;

  @TempDir private Path folder;

  private EmbeddingsRun run() {
    return new EmbeddingsRun(D, "", false, folder);
  }

  @Test
  void rowsOfAReleaseThatIsClosedAreLate() {
    Words a = Words.random(0, 50, D, 1);
    try (var run = run()) {
      run.sendWhole("a", a);
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
      run.sendWhole("a", a);
      run.send("b", most);
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
      run.send("a", a);
      run.pass(60);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.OPEN);
      Words b = a.refreshed(0.1, 2);
      run.send("b", b);
      run.pass(10);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      // What had come of the other meanwhile is compared with it now.
      run.pass(40);
      assertThat(run.known("b", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      b.assertSame(run.known("b", "a"), a);
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
      run.sendWhole("a", a);
      assertThat(run.known("a", "").status()).isEqualTo(ReleaseStatus.ACCEPTED);
      assertThat(run.stored('r')).isLessThanOrEqualTo(501);
    }
  }
}
