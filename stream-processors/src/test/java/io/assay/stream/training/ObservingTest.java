package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.imputation.Column;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import io.assay.stream.contract.ImputerObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObservingTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Numbers("income"), new Column.Numbers("age"), new Column.Category("region"));

  @Test
  void gapsAreCountedTheirChangesAndOnWhatTheyDependAreTold() {
    ImputerObserved first = observe(rows(0.1), Optional.empty());
    assertThat(first.segmentBy()).isEqualTo("region");
    assertThat(first.gaps())
        .extracting(ImputerObserved.Gaps::segment)
        .containsExactly("north", "south");
    assertThat(first.drifts()).isEmpty();
    assertThat(first.dependences()).isEmpty();

    ImputerObserved second = observe(rows(0.4), Optional.of(first));
    assertThat(second.drifts()).hasSize(1);
    ImputerObserved.Drift drift = second.drifts().getFirst();
    assertThat(drift.segment()).isEqualTo("north");
    assertThat(drift.column()).isEqualTo("income");
    assertThat(drift.before()).isBetween(0.05, 0.15);
    assertThat(drift.now()).isBetween(0.35, 0.45);
    assertThat(second.dependences())
        .first()
        .satisfies(
            one -> {
              assertThat(one.column()).isEqualTo("income");
              assertThat(one.on()).isEqualTo("region");
              assertThat(one.adjusted()).isLessThan(1e-6);
            });
    assertThat(second.later()).isNull();
  }

  private static ImputerObserved observe(Table table, Optional<ImputerObserved> before) {
    return Observing.observe(table, Schema.of(COLUMNS, table), before, Optional.empty());
  }

  /** In the north so many incomes are missing; in the south a tenth. */
  private static Table rows(double missing) {
    var random = new Random(1);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < 2000; row++) {
      boolean isNorth = random.nextBoolean();
      boolean isGone = random.nextDouble() < (isNorth ? missing : 0.1);
      rows.add(
          List.of(
              isGone ? "" : Integer.toString(random.nextInt(1000)),
              Integer.toString(20 + random.nextInt(50)),
              isNorth ? "north" : "south"));
    }
    return Table.of(List.of("income", "age", "region"), rows);
  }
}
