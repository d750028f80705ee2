package io.assay.bench.learning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How good a model gets by twenty labels and six rounds of twenty, by who chooses them. */
public final class LearningReport {
  private static final int TRIALS = 100;

  private LearningReport() {}

  /**
   * Prints the tables.
   *
   * @param arguments the folder with the three files of the occupancy data; trials (100); number of
   *     the first trial (0)
   */
  public static void print(List<String> arguments) {
    if (arguments.isEmpty() || !Files.isDirectory(Path.of(arguments.getFirst()))) {
      System.err.println(
          "assay: bench learning needs a folder with datatraining.txt, datatest.txt and"
              + " datatest2.txt (Occupancy Detection, UCI), got "
              + (arguments.isEmpty() ? "nothing" : "'" + arguments.getFirst() + "'"));
      System.exit(2);
      return;
    }
    Room room = Room.read(Path.of(arguments.getFirst()));
    int trials = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : TRIALS;
    long first = arguments.size() > 2 ? Long.parseLong(arguments.get(2)) : 0;
    List<String> corrections = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      var trial = new Trial(room, setting);
      Runs ours = compare(setting, trial, trials, first);
      List<List<Integer>> firstLabels =
          IntStream.range(0, trials).mapToObj(i -> trial.first(first + i)).toList();
      corrections.addAll(corrections(setting, trial, firstLabels));
      corrections.addAll(
          corrections(
              setting, trial, ours.trials().stream().map(Trial.Outcome::labelled).toList()));
    }
    header(
        "corrections | labels | right | before | plain | plain less before | gated | gated less"
            + " before | admitted");
    corrections.forEach(System.out::println);
  }

  /** Prints a table, and gives the trials of ours. */
  private static Runs compare(Setting setting, Trial trial, int trials, long first) {
    Runs random = Runs.of(trial, Method.RANDOM, trials, first);
    Runs ours = Runs.of(trial, Method.OURS, trials, first);
    header(
        setting.title()
            + " | accuracy after each round | last round less random's | at least | mean over"
            + " rounds less random's");
    for (Method method : Method.values()) {
      Runs runs =
          method == Method.RANDOM
              ? random
              : method == Method.OURS ? ours : Runs.of(trial, method, trials, first);
      Paired last = Paired.difference(runs.last(), random.last());
      Paired mean = Paired.difference(runs.mean(), random.mean());
      row(
          String.format(
              Locale.ROOT,
              "%s | %s | %s | %+.1f | %s",
              method.title(),
              runs.curve(),
              last,
              last.low(),
              mean));
    }
    return ours;
  }

  private static List<String> corrections(
      Setting setting, Trial trial, List<List<Integer>> labels) {
    return List.of("flicker", "unlike_light").stream()
        .map(
            assertion ->
                line(
                    "%s, %s | %d".formatted(setting.title(), assertion, labels.getFirst().size()),
                    labels.parallelStream().map(some -> Weak.of(trial, assertion, some)).toList()))
        .toList();
  }

  private static String line(String what, List<Weak> all) {
    double[] before = each(all, Weak::before);
    return "| %s | %.0f | %.1f | %.1f | %s | %.1f | %s | %d of %d |"
        .formatted(
            what,
            Paired.of(each(all, Weak::right)).mean(),
            Paired.of(before).mean(),
            Paired.of(each(all, Weak::plain)).mean(),
            Paired.difference(each(all, Weak::plain), before),
            Paired.of(each(all, Weak::gated)).mean(),
            Paired.difference(each(all, Weak::gated), before),
            all.stream().filter(Weak::admitted).count(),
            all.size());
  }

  private static double[] each(List<Weak> all, ToDoubleFunction<Weak> what) {
    return all.stream().mapToDouble(what).toArray();
  }

  private static void header(String columns) {
    System.out.println();
    row(columns);
    System.out.println("|" + "---|".repeat(columns.split("\\|", -1).length));
  }

  private static void row(String cells) {
    System.out.println("| " + cells + " |");
  }
}
