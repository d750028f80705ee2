package io.assay.stream.contract;

import io.assay.assertion.eval.WindowFigures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the statistics of one segment of a window came to, whether or not its lines held. Of two
 * records of one key the one that is not open holds, else the later.
 *
 * @param group the lines that share the window, by their names
 * @param segment {@code region north}; empty where the window is not cut
 * @param startMillis event time at which the window begins
 * @param endMillis event time behind it
 * @param units events, or their elements or pairs
 * @param truths units whose truth is known
 * @param open whether truths may still come: then figures are estimates
 */
public record FiguresRecord(
    String project,
    String stream,
    String assertion,
    String group,
    String segment,
    long startMillis,
    long endMillis,
    long events,
    long units,
    long truths,
    boolean open,
    List<Figure> figures,
    List<Line> lines) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public FiguresRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(assertion, "assertion");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(segment, "segment");
    figures = List.copyOf(figures);
    lines = List.copyOf(lines);
  }

  /** One statistic, as {@link WindowFigures.Figure} has it; null for what it has not. */
  public record Figure(
      String name,
      String function,
      String of,
      String against,
      @Nullable Double value,
      @Nullable Double uncorrected,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double limit,
      boolean estimated,
      List<Part> parts) {
    public Figure {
      parts = List.copyOf(parts);
    }
  }

  /** A bin, as {@link WindowFigures.Part} has it. */
  public record Part(
      String name, @Nullable Double upTo, long before, long now, @Nullable Double mean) {}

  /** What became of a line. */
  public record Line(String name, String condition, WindowFigures.Outcome outcome, String why) {}

  /** Of a window of a project's stream. */
  public static FiguresRecord of(String project, String stream, WindowFigures window) {
    return new FiguresRecord(
        project,
        stream,
        window.assertion(),
        window.group(),
        window.segment(),
        Math.floorDiv(window.start(), 1_000_000L),
        Math.floorDiv(window.end(), 1_000_000L),
        window.events(),
        window.units(),
        window.truths(),
        window.open(),
        window.figures().stream().map(FiguresRecord::figure).toList(),
        window.lines().stream()
            .map(line -> new Line(line.name(), line.condition(), line.outcome(), line.why()))
            .toList());
  }

  private static Figure figure(WindowFigures.Figure figure) {
    return new Figure(
        figure.name(),
        figure.function(),
        figure.of(),
        figure.against(),
        boxed(figure.value()),
        boxed(figure.uncorrected()),
        boxed(figure.low()),
        boxed(figure.high()),
        boxed(figure.limit()),
        figure.estimated(),
        figure.parts().stream()
            .map(
                part ->
                    new Part(
                        part.name(),
                        boxed(part.upTo()),
                        part.before(),
                        part.now(),
                        boxed(part.mean())))
            .toList());
  }

  /** JSON has no infinite numbers, which some statistics may come to. */
  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }

  /** The same with other figures. */
  public FiguresRecord with(List<Figure> others) {
    return new FiguresRecord(
        project,
        stream,
        assertion,
        group,
        segment,
        startMillis,
        endMillis,
        events,
        units,
        truths,
        open,
        others,
        lines);
  }

  /** {@code project/assertion/group/segment/start}: what compaction keeps. */
  public byte[] key() {
    return String.join("/", project, assertion, group, segment, Long.toString(startMillis))
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static FiguresRecord read(byte[] json) {
    try {
      return JSON.readValue(json, FiguresRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "figures of a window need an object with its names, got: " + broken.getMessage(), broken);
    }
  }
}
