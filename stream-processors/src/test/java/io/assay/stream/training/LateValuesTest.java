package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.LaterTruth;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateValuesTest {
  private static final List<String> NAMES = List.of("income", "region");

  private final LateValues values = new LateValues(NAMES);

  @Test
  void whatCameLaterIsHeldAgainstWhatIsSaid() {
    values.add("a", List.of("", "north"), false);
    values.add("b", List.of("20", ""), false);
    values.add("c", List.of("", "north"), false);
    values.add("a", List.of("10", "north"), true);
    values.add("b", List.of("20", "south"), true);
    values.add("c", List.of("30", "north"), true);
    Map<String, LaterTruth.Score> scores = scores();
    assertThat(scores).containsOnlyKeys("income", "region");
    assertThat(scores.get("region")).satisfies(region -> assertThat(region.accuracy()).hasValue(1));
    assertThat(scores.get("income"))
        .satisfies(
            income -> {
              assertThat(income.cells()).isEqualTo(2);
              // Right of one, and four deviations of 5 off of the other.
              assertThat(income.nrmse().orElseThrow()).isCloseTo(Math.sqrt(8), within(0.7));
            });
  }

  @Test
  void whatHadBeenLearnedOfOrStaysMissingIsNot() {
    values.add("a", List.of("", "north"), false);
    values.add("a", List.of("10", "north"), false);
    values.add("b", List.of("", "north"), true);
    values.add("b", List.of("", "north"), true);
    values.add("c", List.of("10", "north"), true);
    assertThat(scores()).isEmpty();
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i <= LateValues.MOST_WAITING; i++) {
      values.add("e" + i, List.of("", "north"), true);
    }
    values.add("e0", List.of("10", "north"), true);
    assertThat(scores()).isEmpty();
    values.add("e1", List.of("10", "north"), true);
    assertThat(scores()).containsOnlyKeys("income");
  }

  private Map<String, LaterTruth.Score> scores() {
    return values.score(imputer(), Map.of("income", 5.0)).scores();
  }

  /** In the north the income is 10, in the south 20. */
  private static AimNet imputer() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(i % 2 == 0 ? List.of("10", "north") : List.of("20", "south"));
    }
    Table table = Table.of(NAMES, rows);
    List<Column> columns = List.of(new Column.Numbers("income"), new Column.Category("region"));
    return Fitting.fit(table, Schema.of(columns, table), Fitting.Form.PLAIN, 1);
  }
}
