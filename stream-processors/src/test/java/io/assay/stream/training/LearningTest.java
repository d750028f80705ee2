package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Reservoir;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Numbers("income"), new Column.Numbers("age"), new Column.Category("region"));
  private static final List<String> REGIONS = List.of("north", "south", "east", "west");

  @Test
  void theFirstThatIsBetterThanTheBaselineIsPromotedAndOneThatIsNotBetterIsNot() {
    Reservoir rows = rows(2500, 1, 10_000);
    Learning.Outcome.Learned first = learned(rows, Optional.empty(), false);
    assertThat(first.promoted()).as(first.why()).isTrue();
    assertThat(first.warm()).isFalse();
    assertThat(first.contest().candidateLoss()).isLessThan(0.7 * first.contest().baselineLoss());

    AimNet inForce = first.imputer();
    Learning.Outcome.Learned again = learned(rows, Optional.of(inForce), false);
    assertThat(again.warm()).isTrue();
    assertThat(again.promoted()).as(again.why()).isFalse();
    assertThat(again.why()).contains("of the one in force");

    Reservoir changed = rows(2500, 2, -10_000);
    Learning.Outcome.Learned pinned = learned(changed, Optional.of(inForce), true);
    assertThat(pinned.promoted()).isFalse();
    assertThat(pinned.why()).contains("is lower than", "the one in force is pinned");
    assertThat(learned(changed, Optional.of(inForce), false).promoted()).isTrue();
  }

  @Test
  void tooLittleIsToldAndNotLearnedOf() {
    assertThat(outcome(rows(999, 1, 10_000), Optional.empty(), false))
        .isEqualTo(new Learning.Outcome.Nothing("1000 rows are needed to learn of, got 999"));
    var constant = new Reservoir(List.of("income", "age", "region"), 2000, 1000, 1);
    for (int row = 0; row < 1500; row++) {
      constant.add(List.of("", "31", Integer.toString(row % 3)), row, row);
    }
    Learning.Outcome outcome = outcome(constant, Optional.empty(), false);
    assertThat(outcome).isInstanceOf(Learning.Outcome.Nothing.class);
    assertThat(outcome.toString())
        .contains("two columns that say something are needed, got 1", "EMPTY", "CONSTANT");
  }

  private static Learning.Outcome.Learned learned(
      Reservoir rows, Optional<AimNet> inForce, boolean pinned) {
    return (Learning.Outcome.Learned) outcome(rows, inForce, pinned);
  }

  private static Learning.Outcome outcome(
      Reservoir rows, Optional<AimNet> inForce, boolean pinned) {
    return Learning.learn(rows, COLUMNS, inForce, pinned, 1, pass -> true);
  }

  /** An income goes with the region, by so much, and with the age. */
  private static Reservoir rows(int count, long seed, int step) {
    var rows = new Reservoir(List.of("income", "age", "region"), 5000, 1_000_000, 7);
    var random = new Random(seed);
    for (int row = 0; row < count; row++) {
      int region = random.nextInt(4);
      int age = 20 + random.nextInt(50);
      int income = 60_000 + step * (region + 1) + 100 * age + random.nextInt(500);
      rows.add(
          List.of(
              random.nextInt(10) == 0 ? "" : Integer.toString(income),
              Integer.toString(age),
              random.nextInt(10) == 0 ? "" : REGIONS.get(region)),
          row,
          row);
    }
    return rows;
  }
}
