package io.assay.web.imputation;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small imputer that has learned something: an income goes with a region and an age. */
final class TrainedImputer {
  private static final List<String> REGIONS = List.of("north", "south", "east", "west");

  private TrainedImputer() {}

  /** Learned of so many rows of the group {@code income double, age int, region enum}. */
  static AimNet of(int rows, long seed) {
    var random = new Random(seed);
    List<List<String>> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int region = random.nextInt(4);
      int age = 20 + random.nextInt(50);
      double income = 10_000 * (region + 1) + 100 * age + random.nextInt(500);
      cells.add(List.of(Double.toString(income), Integer.toString(age), REGIONS.get(region)));
    }
    Table table = Table.of(List.of("income", "age", "region"), cells);
    List<Column> columns =
        List.of(
            new Column.Numbers("income"), new Column.Numbers("age"), new Column.Category("region"));
    return Fitting.fit(table, Schema.of(columns, table), Fitting.Form.PLAIN, seed);
  }
}
