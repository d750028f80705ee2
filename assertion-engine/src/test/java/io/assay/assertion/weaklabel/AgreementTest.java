package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.Agreement.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Published cases, each with its source. */
class AgreementTest {

  /** 50 proposals for a grant: https://en.wikipedia.org/wiki/Cohen%27s_kappa, kappa 0.4. */
  @Test
  void kappaOfFiftyProposals() {
    assertThat(table(new int[][] {{20, 5}, {10, 15}}).kappa("A", "B").orElseThrow())
        .isCloseTo(0.4, within(1e-12));
  }

  /** The same page: agreement of 60 of 100 both times, 0.1304 and 0.2593 by what is usual. */
  @Test
  void kappaGoesByWhatIsUsualOfEither() {
    assertThat(table(new int[][] {{45, 15}, {25, 15}}).kappa("A", "B").orElseThrow())
        .isCloseTo(0.1304, within(5e-5));
    assertThat(table(new int[][] {{25, 35}, {5, 35}}).kappa("A", "B").orElseThrow())
        .isCloseTo(0.2593, within(5e-5));
  }

  /** Krippendorff, <i>Computing Krippendorff's Alpha-Reliability</i>, 2011, A: 0.095. */
  @Test
  void alphaOfTwoAnswers() {
    assertThat(rows("0100000010", "1110010000").alpha().orElseThrow())
        .isCloseTo(0.095, within(5e-4));
  }

  /** The same, B: 0.692. */
  @Test
  void alphaOfNames() {
    assertThat(rows("aabbdcccedda", "babbbccceddd").alpha().orElseThrow())
        .isCloseTo(0.692, within(5e-4));
  }

  /** The same, C: four observers, answers lacking, 0.743. */
  @Test
  void alphaWithAnswersMissing() {
    assertThat(
            rows(
                    "123321412...",
                    "12332241 25.3".replace(" ", ""),
                    ".3332342251.",
                    "123324412 51.".replace(" ", ""))
                .alpha()
                .orElseThrow())
        .isCloseTo(0.743, within(5e-4));
  }

  @Test
  void whatChanceExplainsHasNoFigure() {
    assertThat(rows("aaa", "aaa").alpha()).isEmpty();
    assertThat(rows("aaa", "aaa").kappa("0", "1")).isEmpty();
    assertThat(rows("a..", ".bb").alpha()).isEmpty();
    assertThat(rows("a..", ".bb").kappa("0", "1")).isEmpty();
    assertThat(new Agreement(List.of()).alpha()).isEmpty();
  }

  @Test
  void everybodyAgreesFully() {
    assertThat(rows("ab", "ab").alpha()).hasValue(1);
    assertThat(rows("ab", "ab").kappa("0", "1")).hasValue(1);
  }

  @Test
  void theLaterAnswerHolds() {
    var changed =
        new Agreement(
            List.of(
                new Rating("1", "ann", "yes"),
                new Rating("2", "ann", "no"),
                new Rating("1", "bob", "no"),
                new Rating("2", "bob", "no"),
                new Rating("1", "bob", "yes")));

    assertThat(changed.kappa("ann", "bob")).hasValue(1);
    assertThat(changed.raters()).containsExactly("ann", "bob");
  }

  @Test
  void accuracyIsOfWhatIsKnown() {
    Agreement rated = rows("abb.", "aa.a", "...a");

    assertThat(rated.accuracy(Map.of("0", "a", "1", "b", "2", "b", "never", "a")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("0", new Accuracy(3, 3), "1", new Accuracy(1, 2)));
    assertThat(new Accuracy(1, 2).share()).isEqualTo(0.5);
    // Wilson of 1 of 2 at z = 1.645: 0.5 +- 0.379.
    assertThat(new Accuracy(1, 2).interval().low()).isCloseTo(0.1208, within(1e-4));
  }

  /** {@code counts[i][j]}: how many items A calls i and B calls j. */
  private static Agreement table(int[][] counts) {
    List<Rating> ratings = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts[i].length; j++) {
        for (int k = 0; k < counts[i][j]; k++) {
          String item = i + "/" + j + "/" + k;
          ratings.add(new Rating(item, "A", "" + i));
          ratings.add(new Rating(item, "B", "" + j));
        }
      }
    }
    return new Agreement(ratings);
  }

  /** A row a rater, a character an item, a dot where there is no answer. */
  private static Agreement rows(String... rows) {
    List<Rating> ratings = new ArrayList<>();
    for (int rater = 0; rater < rows.length; rater++) {
      for (int item = 0; item < rows[rater].length(); item++) {
        char answer = rows[rater].charAt(item);
        if (answer != '.') {
          ratings.add(new Rating("" + item, "" + rater, "" + answer));
        }
      }
    }
    return new Agreement(ratings);
  }
}
