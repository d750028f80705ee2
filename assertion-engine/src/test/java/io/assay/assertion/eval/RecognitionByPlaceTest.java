package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.term.RandomBoxes;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Boxes are recognised as if each had been held against each identity. */
class RecognitionByPlaceTest {
  private static final double AT_LEAST = 0.2;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void matchesTheBestOfAllPairsFirst(long seed) {
    var random = new RandomBoxes(seed);
    Memory memory = new Memory();
    for (Rect box : random.rects(random.size())) {
      Track track = new Track(memory.tracks.size(), "#");
      track.move(box);
      memory.tracks.put(track.identity, track);
    }
    List<Rect> boxes = random.rects(random.size());
    Candidates candidates = new Candidates(boxes);
    for (int i = 0; i < boxes.size(); i++) {
      if (random.oneIn(9)) {
        candidates.doubt(i, boxes.get(i));
      } else if (!random.oneIn(9)) {
        candidates.pass(i, boxes.get(i));
      }
    }
    recognition().match(memory, candidates, 1, 1);
    List<Track> tracks = new ArrayList<>(memory.tracks.values());
    Set<Integer> taken = new HashSet<>();
    List<Pair> wanted = best(tracks, candidates, false, taken);
    List<Pair> blurred = best(tracks, candidates, true, taken);
    for (int i = 0; i < boxes.size(); i++) {
      Track track = candidates.track(i);
      int element = i;
      assertThat(track == null ? -1 : tracks.indexOf(track))
          .isEqualTo(
              wanted.stream()
                  .filter(pair -> pair.element() == element)
                  .mapToInt(Pair::age)
                  .findFirst()
                  .orElse(-1));
    }
    assertThat(tracks.stream().filter(track -> track.doubtful).map(tracks::indexOf))
        .containsExactlyInAnyOrderElementsOf(blurred.stream().map(Pair::age).toList());
  }

  private static RecognitionByOverlap recognition() {
    Term any = new Term.Constant(new Rect(0, 0, 1, 1), Type.Basic.RECT, Span.NONE);
    return new RecognitionByOverlap(
        frame -> frame,
        new Identity.ByOverlap(any, AT_LEAST, Optional.empty()),
        new Bound.Events(9));
  }

  private record Pair(double overlap, int age, int element) {}

  /** Slowly: the best of all that are free, until there is none. */
  private static List<Pair> best(
      List<Track> tracks, Candidates candidates, boolean doubtful, Set<Integer> taken) {
    List<Pair> all = new ArrayList<>();
    for (int age = 0; age < tracks.size(); age++) {
      Rect box = tracks.get(age).box;
      for (int i = 0; i < candidates.size() && box != null; i++) {
        if (doubtful ? candidates.mayCount(i) : candidates.counts(i)) {
          all.add(new Pair(box.iou((Rect) candidates.mark(i)), age, i));
        }
      }
    }
    all.removeIf(pair -> !(pair.overlap() >= AT_LEAST));
    all.sort(
        Comparator.comparingDouble(Pair::overlap)
            .reversed()
            .thenComparingInt(Pair::age)
            .thenComparingInt(Pair::element));
    Set<Integer> used = new HashSet<>();
    List<Pair> best = new ArrayList<>();
    for (Pair pair : all) {
      if (!taken.contains(pair.age()) && !used.contains(pair.element())) {
        taken.add(pair.age());
        used.add(pair.element());
        best.add(pair);
      }
    }
    return best;
  }
}
