package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import java.util.List;
import java.util.Optional;

/**
 * What is declared of a stream beside the type of its events.
 *
 * @param event the local of the event in the slices' conditions
 * @param locals how many locals the frame of a slice has
 */
public record DeclaredStream(
    StreamType type,
    Local event,
    int locals,
    List<Slice> slices,
    List<Truth> truths,
    Optional<Imputation> imputation) {
  public DeclaredStream {
    slices = List.copyOf(slices);
    truths = List.copyOf(truths);
  }

  /** A named condition of the stream's events. */
  public record Slice(String name, Term condition) {}

  /** What turned out to be true of an event, joined by the stream's id. */
  public record Truth(String name, Type type, String topic, long withinNanos) {}

  /** A group of fields whose gaps are filled. */
  public record Imputation(String group, long everyNanos, long lastEvents) {}
}
