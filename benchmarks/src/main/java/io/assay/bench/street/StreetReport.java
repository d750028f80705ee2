package io.assay.bench.street;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Drives simulated streets, judges them by {@code examples/street.assay}, and compares. */
public final class StreetReport {
  /** Streets on which no rule was tried before; 1 to 20 are there for trying. */
  private static final String UNSEEN = "1001-1020";

  private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  static final List<String> ASSERTIONS =
      List.of("flicker", "appear", "stable_label", "no_jump", "multibox", "agree", "camera_alive");

  private StreetReport() {}

  /**
   * @param arguments seeds, as in {@code 7} and {@code 1001-1020}
   */
  public static void print(List<String> arguments) {
    List<Long> seeds =
        (arguments.isEmpty() ? List.of(UNSEEN) : arguments)
            .stream().flatMap(StreetReport::seeds).toList();
    CheckedRules rules = rules();
    Map<String, Score> scores = new LinkedHashMap<>();
    for (long seed : seeds) {
      System.err.printf("street %d%n", seed);
      of(seed, rules).forEach((name, score) -> scores.merge(name, score, Score::plus));
    }
    System.out.printf("%d streets of ten minutes%n%n", seeds.size());
    System.out.print(
        """
        | assertion | errors visible | found | recall | violations | right | precision | base rate | lift |
        |---|---|---|---|---|---|---|---|---|
        """);
    scores.forEach((name, score) -> System.out.println(row(name, score)));
  }

  private static Map<String, Score> of(long seed, CheckedRules rules) {
    Drive drive = Drive.of(seed);
    return scores(drive, Judged.violations(rules, drive));
  }

  /** By assertion, in the order of the rules. */
  static Map<String, Score> scores(Drive drive, List<Violation> violations) {
    List<Flag> flags = violations.stream().map(one -> Flag.of(one, drive)).toList();
    Map<String, Score> scores = new LinkedHashMap<>();
    ASSERTIONS.forEach(name -> scores.put(name, Score.of(name, flags, drive)));
    return scores;
  }

  static CheckedRules rules() {
    Path file = Path.of(System.getProperty("assay.root", ".")).resolve("examples/street.assay");
    try {
      var source = new SourceFile("street.assay", Files.readString(file));
      return new RuleCompiler().compile(List.of(source)).rules().orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of an argument as 7 or 1001-1020. */
  static Stream<Long> seeds(String argument) {
    Matcher range = SEEDS.matcher(argument);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "bench needs seeds, as in 7 or 1001-1020, got '%s'".formatted(argument));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
    return LongStream.rangeClosed(first, last).boxed();
  }

  private static String row(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %,d | %,d | %.1f %% | %,d | %,d | %.1f %% | %.2f %% | %.0f |",
        name,
        score.visible(),
        score.found(),
        100 * score.recall(),
        score.violations(),
        score.right(),
        100 * score.precision(),
        100 * score.baseRate(),
        score.lift());
  }
}
