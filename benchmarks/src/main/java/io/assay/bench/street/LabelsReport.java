package io.assay.bench.street;

import io.assay.assertion.rule.ir.CheckedRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How many of the street's errors labels find, by who chooses what is labelled. */
public final class LabelsReport {
  private static final String UNSEEN = "1001-1030";
  private static final int STREETS = 3;
  private static final int TRIALS = 10;
  private static final List<Integer> SHOWN = List.of(1, 2, 3, 5, 10);

  private LabelsReport() {}

  /**
   * Prints the tables.
   *
   * @param arguments a file for the picture, after {@code --svg}; seeds of streets, as in {@code
   *     1001-1030}, of which each three are labelled together
   */
  public static void print(List<String> arguments) {
    boolean draws = arguments.size() > 1 && arguments.getFirst().equals("--svg");
    List<String> streets = arguments.subList(draws ? 2 : 0, arguments.size());
    List<Long> seeds =
        (streets.isEmpty() ? List.of(UNSEEN) : streets)
            .stream().flatMap(StreetReport::seeds).toList();
    List<Pool> pools = pools(seeds);
    System.out.printf(
        Locale.ROOT,
        "%d streets, %d together; %.0f errors, %.0f episodes (%.1f %% about an error), %.0f events"
            + " of a camera (%.1f %% in an error)%n",
        seeds.size(),
        STREETS,
        mean(pools, pool -> pool.kinds().size()),
        mean(pools, pool -> pool.episodes().size()),
        100 * mean(pools, pool -> right(pool.episodes())),
        mean(pools, pool -> pool.events().size()),
        100 * mean(pools, pool -> right(pool.events())));
    Map<Chooser, Curve> still = curves(pools, false);
    Map<Chooser, Curve> learning = curves(pools, true);
    table("errors found, of a detector that stays as it is", still, Curve::errors, "%.0f (%.0f)");
    table("kinds of error found", still, Curve::kinds, "%.1f (%.1f)");
    table("errors found, of a detector that learns", learning, Curve::errors, "%.0f (%.0f)");
    table("errors that it still makes, in percent", learning, Curve::left, "%.1f (%.1f)");
    if (draws) {
      write(Path.of(arguments.get(1)), CurvePicture.of(still, learning));
    }
  }

  private static List<Pool> pools(List<Long> seeds) {
    CheckedRules rules = StreetReport.rules();
    List<Pool> pools = new ArrayList<>();
    for (int i = 0; i + STREETS <= seeds.size(); i += STREETS) {
      System.err.printf("streets %s%n", seeds.subList(i, i + STREETS));
      pools.add(Pool.of(seeds.subList(i, i + STREETS), rules));
    }
    return pools;
  }

  private static double mean(List<Pool> pools, Function<Pool, Number> what) {
    return pools.stream().mapToDouble(pool -> what.apply(pool).doubleValue()).average().orElse(0);
  }

  private static double right(List<Pool.Item> items) {
    return (double) items.stream().filter(item -> !item.faults().getFirst().isEmpty()).count()
        / items.size();
  }

  private static Map<Chooser, Curve> curves(List<Pool> pools, boolean learns) {
    Map<Chooser, Curve> curves = new EnumMap<>(Chooser.class);
    for (Chooser chooser : Chooser.values()) {
      curves.put(
          chooser,
          Curve.of(
              pools.stream()
                  .map(
                      pool ->
                          IntStream.range(0, TRIALS)
                              .parallel()
                              .mapToObj(seed -> new Labelling(pool, learns).run(chooser, seed))
                              .toList())
                  .toList()));
    }
    return curves;
  }

  private static void table(
      String title,
      Map<Chooser, Curve> curves,
      Function<Curve, List<Curve.Mean>> what,
      String format) {
    System.out.printf("%n%s:%n%n| labels |", title);
    SHOWN.forEach(round -> System.out.printf(" %d |", round * Labelling.LABELS));
    System.out.println("\n|---|" + "---|".repeat(SHOWN.size()));
    curves.forEach(
        (chooser, curve) -> {
          System.out.printf("| %s |", chooser.title());
          for (int round : SHOWN) {
            Curve.Mean mean = what.apply(curve).get(round - 1);
            System.out.print(
                " " + String.format(Locale.ROOT, format, mean.value(), mean.error()) + " |");
          }
          System.out.println();
        });
  }

  private static void write(Path file, String picture) {
    try {
      Files.writeString(file, picture);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
