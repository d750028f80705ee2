package io.assay.bench.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls {@code ./assay check} on 1,000 varied assertions, each time in a new process. */
public final class CheckReport {
  private static final int ASSERTIONS = 1000;
  private static final int CALLS = 7;

  private CheckReport() {}

  /** Standard output: one table. The first call is left out, as it may build. */
  public static void print() {
    Path command = Path.of(System.getProperty("assay.root", ".")).resolve("assay");
    Path folder = write();
    try {
      System.out.print(
          """
          | `./assay check` | answer | wall, s (least) | CPU, s (least) |
          |---|---|---|---|
          """);
      row("no rules: `--version`", command, List.of("--version"));
      row("%,d assertions".formatted(ASSERTIONS), command, List.of("check", folder.toString()));
    } finally {
      delete(folder);
    }
  }

  private static void row(String name, Path command, List<String> arguments) {
    ColdRun.of(command, arguments);
    List<ColdRun> runs =
        IntStream.range(0, CALLS).mapToObj(i -> ColdRun.of(command, arguments)).toList();
    System.out.printf(
        "| %s | %s | %s | %s |%n",
        name, runs.getFirst().said(), cell(runs, ColdRun::wall), cell(runs, ColdRun::cpu));
  }

  /** The median, and the least in brackets. */
  private static String cell(List<ColdRun> runs, ToDoubleFunction<ColdRun> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    return "%.2f (%.2f)".formatted(sorted[sorted.length / 2], sorted[0]);
  }

  private static Path write() {
    try {
      Path folder = Files.createTempDirectory("assay-bench-check");
      for (VariedRules.File file : VariedRules.of(ASSERTIONS)) {
        Files.writeString(folder.resolve(file.name()), file.text());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(CheckReport::deleteOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
