package io.assay.bench.learning;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows that labels are chosen of, and those that a model is tested on. */
record Room(List<Row> pool, List<Row> test) {
  Room {
    pool = List.copyOf(pool);
    test = List.copyOf(test);
  }

  /** Of a folder with the three files of the authors. */
  static Room read(Path folder) {
    List<Row> test = new ArrayList<>(Row.read(folder.resolve("datatest.txt")));
    test.addAll(Row.read(folder.resolve("datatest2.txt")));
    return new Room(Row.read(folder.resolve("datatraining.txt")), test);
  }
}
