package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.Violation.FrozenEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is new, what is gone, and what only has another id. */
class DifferenceTest {
  private final Difference difference = new Difference();

  private static Violation violation(
      String id, String subject, String label, String decidingEvent, int element, String episode) {
    return new Violation(
        id,
        "street",
        "gone",
        "hash",
        "",
        "camera",
        "v",
        subject,
        label,
        1,
        2,
        2,
        decidingEvent,
        1,
        Level.INFO,
        Mode.ACTIVE,
        "gone",
        List.of(),
        List.of(
            new FrozenEvent("e0", 1, "camera", "before", 7, "{}"),
            new FrozenEvent(decidingEvent, 2, "camera", "after", element, "{}")),
        List.of(),
        Optional.empty(),
        episode,
        List.of(),
        false);
  }

  private static Violation gone(String id, String subject, String label) {
    return violation(id, subject, label, "e9", 3, id);
  }

  @Test
  void aLifeThatBeginsEarlierMakesNoNewViolation() {
    difference.before(gone("a", "t1@100", "t1"));
    difference.before(gone("b", "t2@100", "t2"));
    difference.after(gone("c", "t1@50", "t1"));
    difference.after(gone("b", "t2@100", "t2"));
    difference.after(gone("d", "t3@50", "t3"));

    Difference.Result result = difference.result();
    assertThat(result.found()).extracting(Violation::id).containsExactly("d");
    assertThat(result.undone()).isZero();
  }

  /** One life more, and all that begin behind it have another number. */
  @Test
  void boxesThatAreFollowedAreToldByTheirPlaceAndNotByTheirNumber() {
    difference.before(violation("a", "[0]@100", "#5", "e9", 3, "a"));
    difference.before(violation("b", "[0]@100", "#6", "e9", 4, "b"));
    difference.after(violation("c", "[1]@100", "#6", "e9", 3, "c"));
    difference.after(violation("d", "[1]@100", "#5", "e9", 8, "d"));

    Difference.Result result = difference.result();
    assertThat(result.found()).extracting(Violation::id).containsExactly("d");
    assertThat(result.undone()).isEqualTo(1);
  }

  @Test
  void anotherEventDecidesAnotherViolation() {
    difference.before(violation("a", "t1@100", "t1", "e9", 3, "a"));
    difference.after(violation("b", "t1@50", "t1", "e8", 3, "b"));

    assertThat(difference.result().found()).extracting(Violation::id).containsExactly("b");
    assertThat(difference.result().undone()).isEqualTo(1);
  }

  @Test
  void anEpisodeThatIsKnownKeepsItsOpener() {
    difference.before(violation("a", "t1@100", "t1", "e8", 3, "a"));
    difference.after(violation("b", "t1@50", "t1", "e8", 3, "b"));
    difference.after(violation("c", "t1@50", "t1", "e9", 3, "b"));

    assertThat(difference.result().found())
        .singleElement()
        .satisfies(found -> assertThat(found.id()).isEqualTo("c"))
        .satisfies(found -> assertThat(found.episode()).isEqualTo("a"));
  }

  @Test
  void moreThanCanBeHeldIsRefused() {
    for (int i = 0; i < 10_000; i++) {
      difference.after(gone("f" + i, "t@" + i, "t" + i));
    }
    assertThatThrownBy(() -> difference.after(gone("one more", "t@1", "t")))
        .isInstanceOf(Difference.TooMuch.class)
        .hasMessageContaining("more than 10,000 violations more");
  }
}
