package io.assay.bench.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code ./assay bench web} was asked for.
 *
 * @param violations about so many are stored
 * @param episodes that they belong to
 * @param assertions of the rules
 * @param days of event time that all is spread over, up to now
 * @param rounds how often each page is asked for, after two that are not measured
 * @param limitMillis above which no page's p95 may be; 0 for none
 * @param keep a folder that stays, and is used again; a temporary one without it
 * @param only of pages whose name has this in it; empty for all
 */
record WebOptions(
    long violations,
    int episodes,
    int assertions,
    int days,
    int rounds,
    double limitMillis,
    Optional<Path> keep,
    String only) {
  private static final List<String> NAMES =
      List.of("violations", "episodes", "assertions", "days", "rounds", "limit", "keep", "only");

  WebOptions {
    require("--episodes", episodes, 1, 100_000_000);
    require("--violations", violations, episodes, 1_000_000_000);
    require("--assertions", assertions, 4, 5_000);
    require("--days", days, 2, 400);
    require("--rounds", rounds, 1, 10_000);
    if (limitMillis < 0) {
      throw new IllegalArgumentException("--limit needs milliseconds >= 0, got " + limitMillis);
    }
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s needs %d to %d, got %d".formatted(name, least, most, value));
    }
  }

  /** {@code arguments}: pairs such as {@code --days 31}. */
  static WebOptions of(List<String> arguments) {
    Map<String, String> given = new TreeMap<>();
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (!name.startsWith("--") || !NAMES.contains(name.substring(2)) || rest.isEmpty()) {
        throw new IllegalArgumentException(
            "bench web takes --%s with a value each, got '%s'"
                .formatted(String.join(", --", NAMES), name));
      }
      given.put(name.substring(2), rest.removeFirst());
    }
    return new WebOptions(
        Long.parseLong(given.getOrDefault("violations", "10000000")),
        Integer.parseInt(given.getOrDefault("episodes", "1000000")),
        Integer.parseInt(given.getOrDefault("assertions", "200")),
        Integer.parseInt(given.getOrDefault("days", "31")),
        Integer.parseInt(given.getOrDefault("rounds", "20")),
        Double.parseDouble(given.getOrDefault("limit", "200")),
        Optional.ofNullable(given.get("keep")).map(Path::of),
        given.getOrDefault("only", ""));
  }
}
