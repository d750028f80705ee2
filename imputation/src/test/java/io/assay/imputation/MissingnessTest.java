package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.assay.imputation.MissingAtRandom.Dependence;
import io.assay.imputation.MissingnessDrift.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MissingnessTest {
  private static final int ROWS = 4000;

  @Test
  void gapsAreCountedBySegment() {
    Table table =
        Table.of(
            List.of("region", "income"),
            List.of(
                List.of("north", "1"),
                List.of("north", ""),
                List.of("", ""),
                List.of("south", "2")));
    Missingness found = Missingness.of(table, Optional.of("region"));
    assertThat(found.segments())
        .containsOnly(
            Map.entry("", new Missingness.Cells(1, List.of(1L, 1L))),
            Map.entry("north", new Missingness.Cells(2, List.of(0L, 1L))),
            Map.entry("south", new Missingness.Cells(1, List.of(0L, 0L))));
    assertThat(Missingness.of(table, Optional.empty()).segments())
        .containsOnly(Map.entry("", new Missingness.Cells(4, List.of(1L, 2L))));
  }

  @Test
  void rareSegmentsAreCountedTogetherAndNoRowIsLost() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(List.of("s" + (i < 500 ? i % 20 : i), "x"));
    }
    Missingness found =
        Missingness.of(Table.of(List.of("segment", "x"), rows), Optional.of("segment"));
    assertThat(found.segments().values().stream().mapToLong(Missingness.Cells::rows).sum())
        .isEqualTo(1000);
    assertThat(Objects.requireNonNull(found.segments().get("s0")).rows()).isEqualTo(25);
    // Of 500 segments of a row each only some can be told apart.
    assertThat(found.segments()).hasSize(Missingness.MOST_SEGMENTS + 1);
    assertThat(Objects.requireNonNull(found.segments().get(Missingness.OTHERS)).rows())
        .isEqualTo(470);
  }

  @Test
  void moreGapsInOneSegmentAreDriftAndChanceIsNot() {
    Missingness before = missingness(1, region -> 0.05);
    Missingness same = missingness(2, region -> 0.05);
    Missingness worse = missingness(3, region -> region.equals("south") ? 0.12 : 0.05);
    assertThat(MissingnessDrift.between(before, same)).noneMatch(Change::isDrift);
    List<Change> changes = MissingnessDrift.between(before, worse);
    assertThat(changes.stream().filter(Change::isDrift))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.segment()).isEqualTo("south");
              assertThat(change.column()).isEqualTo("income");
              assertThat(change.now() - change.before()).isBetween(0.04, 0.1);
            });
    assertThat(changes.getFirst().isDrift()).isTrue();
  }

  /** Five of eighty gaps in the same half: C(40,5) of C(80,5) ways, and as many in the other. */
  @Test
  void fewGapsAreTestedExactly() {
    Missingness before = new Missingness(List.of("x"), segment(40, 0));
    Missingness now = new Missingness(List.of("x"), segment(40, 5));
    double exact = 2.0 * choose(40, 5) / choose(80, 5);
    assertThat(MissingnessDrift.between(before, now).getFirst().adjusted())
        .isCloseTo(exact, offset(1e-12));
  }

  @Test
  void otherColumnsAreRefused() {
    Missingness one = new Missingness(List.of("x"), segment(1, 0));
    Missingness other = new Missingness(List.of("y"), segment(1, 0));
    assertThatThrownBy(() -> MissingnessDrift.between(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the same columns are needed, got [x] and [y]");
  }

  @Test
  void gapsThatDependOnAnotherFieldAreFound() {
    Table table = Weather.table(ROWS, 7);
    var random = new SplittableRandom(8);
    int degrees = table.column("degrees");
    int season = table.column("season");
    int sky = table.column("sky");
    Table gappy =
        change(
            table,
            row -> {
              List<String> cells = new ArrayList<>(row);
              if (random.nextDouble() < (row.get(season).equals("winter") ? 0.3 : 0.1)) {
                cells.set(degrees, "");
              }
              if (random.nextDouble() < 0.1) {
                cells.set(sky, "");
              }
              return cells;
            });
    List<Dependence> found = MissingAtRandom.of(gappy, Weather.schema(table));
    assertThat(found.getFirst().column()).isEqualTo("degrees");
    assertThat(found.getFirst().strength()).isBetween(0.2, 0.3);
    assertThat(found.stream().filter(one -> one.column().equals("degrees") && one.isReal()))
        .extracting(Dependence::on)
        .contains("season");
    assertThat(found.stream().filter(one -> one.column().equals("sky"))).hasSize(5);
    assertThat(found.stream().filter(one -> one.column().equals("sky")))
        .noneMatch(Dependence::isReal);
    assertThat(found.stream().map(Dependence::column)).doesNotContain("coat");
  }

  private static Table change(Table table, UnaryOperator<List<String>> change) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      rows.add(change.apply(table.row(row)));
    }
    return Table.of(table.names(), rows);
  }

  private static Missingness missingness(long seed, ToDoubleFunction<String> share) {
    var random = new SplittableRandom(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String region = random.nextBoolean() ? "north" : "south";
      rows.add(
          List.of(
              region,
              random.nextDouble() < share.applyAsDouble(region) ? "" : "1",
              random.nextDouble() < 0.2 ? "" : "1"));
    }
    return Missingness.of(
        Table.of(List.of("region", "income", "age"), rows), Optional.of("region"));
  }

  private static Map<String, Missingness.Cells> segment(long rows, long missing) {
    return Map.of("", new Missingness.Cells(rows, List.of(missing)));
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}
