package io.assay.stream.repair;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far what was put aside went at a moment: what stands behind came later. Written as one
 * position behind the last of each partition, {@code 0@17,1@25}.
 *
 * <p>Offsets and not a time: no clock of whoever asks has a say in what came later.
 *
 * @param offsets by partition; one that is missing had nothing
 */
public record Ends(SortedMap<Integer, Long> offsets) {
  private static final Pattern BETWEEN = Pattern.compile(",");

  public Ends {
    offsets = new TreeMap<>(offsets);
  }

  static Ends of(Map<Integer, Long> offsets) {
    return new Ends(new TreeMap<>(offsets));
  }

  /** Empty where the text is none. */
  public static Optional<Ends> parse(String text) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (String part : BETWEEN.split(text, -1)) {
      Optional<Position> end = Position.parse(part);
      if (end.isEmpty() || offsets.put(end.get().partition(), end.get().offset()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Ends(offsets));
  }

  long of(int partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public String toString() {
    return offsets.entrySet().stream()
        .map(end -> new Position(end.getKey(), end.getValue()).toString())
        .collect(Collectors.joining(","));
  }
}
