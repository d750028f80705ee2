package io.assay.assertion.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One prediction, or one reading, of a stream.
 *
 * @param key events of one key are judged in order
 * @param at event time, nanoseconds since the Unix epoch
 * @param received when it reached us, likewise; {@code at} in a backtest without a record of it
 * @param declaredId the declared id's value; null where the stream declares none
 * @param root the fields
 * @param problems what is not as the stream declares it; empty when all is well
 * @param source provenance
 * @param trace W3C traceparent, if it came with one
 * @param sentAs what a sender gives again when it sends the same event again, if the stream
 *     declares no id; known until the event is judged, and no part of its identity
 */
public record Event(
    StreamType stream,
    String key,
    long at,
    long received,
    @Nullable String declaredId,
    Row root,
    List<Problem> problems,
    Coordinates source,
    @Nullable String trace,
    @Nullable String sentAs) {

  public Event {
    problems = List.copyOf(problems);
  }

  /** One that its sender does not name. */
  public Event(
      StreamType stream,
      String key,
      long at,
      long received,
      @Nullable String declaredId,
      Row root,
      List<Problem> problems,
      Coordinates source,
      @Nullable String trace) {
    this(stream, key, at, received, declaredId, root, problems, source, trace, null);
  }

  /** The same, named by its sender. */
  public Event sentAs(@Nullable String name) {
    return name == null
        ? this
        : new Event(stream, key, at, received, declaredId, root, problems, source, trace, name);
  }

  /** By what it is told that it has come before; null where nothing tells it. */
  public @Nullable String repeats() {
    return declaredId != null ? declaredId : sentAs;
  }

  /**
   * A value that is not of its declared type or range.
   *
   * @param path the field, with the index in a list: {@code boxes[3].score}
   * @param needed what the declaration asks for
   * @param came the value, shortened
   */
  public record Problem(String path, String needed, String came) {}
}
