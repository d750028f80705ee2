package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.ArrayList;
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
    Optional<Imputation> imputation,
    Optional<Serving> serving) {
  /** Verdicts are counted by so many slices of a stream, those that are declared first. */
  public static final int MOST_COUNTED = 8;

  public DeclaredStream {
    slices = List.copyOf(slices);
    truths = List.copyOf(truths);
  }

  /** Those by which verdicts are counted. */
  public List<Slice> counted() {
    return slices.subList(0, Math.min(slices.size(), MOST_COUNTED));
  }

  /** A named condition of the stream's events. */
  public record Slice(String name, Term condition) {}

  /** What turned out to be true of an event, joined by the stream's id. */
  public record Truth(String name, Type type, String topic, long withinNanos) {
    /**
     * The truth's own topic as a stream: the id of what it is about, as key; the time at which it
     * came; and the value. They stand in its payloads where the stream's own have them.
     */
    public StreamType events(StreamType of) {
      List<StructType.Draft> fields = new ArrayList<>();
      fields.add(draft(of.id().orElseThrow()));
      fields.add(draft(of.time()));
      fields.add(
          new StructType.Draft(
              name,
              type,
              true,
              false,
              new StructType.Source(List.of(name), StructType.Reading.PLAIN)));
      StructType root = StructType.of(name, fields);
      return new StreamType(
          name,
          topic,
          root,
          root.fields().get(0),
          root.fields().get(1),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          of.latenessNanos());
    }

    private static StructType.Draft draft(StructType.Field field) {
      return new StructType.Draft(
          field.name(), field.type(), field.optional(), field.hidden(), field.source());
    }
  }

  /** A group of fields whose gaps are filled. */
  public record Imputation(String group, long everyNanos, long lastEvents) {}
}
