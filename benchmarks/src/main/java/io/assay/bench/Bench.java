package io.assay.bench;

import io.assay.bench.language.LanguageReport;
import java.util.Map;
import java.util.TreeMap;

/** Runs the measurements of one part: {@code ./assay bench language}. */
public final class Bench {
  private static final Map<String, Runnable> PARTS =
      new TreeMap<>(Map.of("language", LanguageReport::print));

  private Bench() {}

  public static void main(String[] args) {
    Runnable part = args.length == 1 ? PARTS.get(args[0]) : null;
    if (part == null) {
      System.err.println(
          "assay: bench needs one of %s, got %s"
              .formatted(
                  String.join(", ", PARTS.keySet()),
                  args.length == 0 ? "nothing" : "'" + String.join(" ", args) + "'"));
      System.exit(2);
      return;
    }
    part.run();
  }
}
