package io.assay.assertion.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All statistics that windows may use, by name; read from {@code statistics.txt}. */
public final class StatisticCatalogue {
  private static final StatisticCatalogue BUILT_IN = read();

  private final List<Signature> all;

  private StatisticCatalogue(List<Signature> all) {
    this.all = List.copyOf(all);
  }

  /**
   * One way to call a statistic.
   *
   * @param overload its parameters are of each event
   * @param further what comes behind them
   */
  public record Signature(Overload overload, @Nullable Further further) {
    int size() {
      return overload.parameters().size() + (further == null ? 0 : 1);
    }
  }

  /** What a statistic takes once, not for each event. */
  public enum Further {
    SHARE,
    BASELINE
  }

  public static StatisticCatalogue builtIn() {
    return BUILT_IN;
  }

  public List<Signature> all() {
    return all;
  }

  List<Signature> named(String name) {
    return all.stream().filter(s -> s.overload().function().equals(name)).toList();
  }

  Set<String> names() {
    return all.stream().map(s -> s.overload().function()).collect(Collectors.toUnmodifiableSet());
  }

  private static StatisticCatalogue read() {
    try (InputStream in =
        Objects.requireNonNull(
            StatisticCatalogue.class.getResourceAsStream("statistics.txt"),
            "statistics.txt is missing beside its class")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new StatisticCatalogue(
          text.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(StatisticCatalogue::signature)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("statistics.txt could not be read", e);
    }
  }

  private static Signature signature(String line) {
    int cut = line.indexOf(';');
    if (cut < 0) {
      return new Signature(FunctionCatalogue.overload(line), null);
    }
    int end = line.indexOf(')', cut);
    String further = line.substring(cut + 1, end).strip().toUpperCase(Locale.ROOT);
    String call = line.substring(0, cut) + line.substring(end);
    return new Signature(FunctionCatalogue.overload(call), Further.valueOf(further));
  }
}
