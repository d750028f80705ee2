package io.assay.stream.imputation;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes the events of a stream, one after another, by the imputer that is in force when each
 * comes. One thread.
 */
public final class Completion {
  /** Numbers stay as they were written. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ImputedStream stream;
  private final ImputersInForce imputers;
  private final String groupHash;
  private @Nullable GapFiller filler;
  private ImputersInForce.@Nullable InForce by;

  public Completion(ImputedStream stream, ImputersInForce imputers) {
    this.stream = stream;
    this.imputers = imputers;
    this.groupHash = stream.groupHash();
  }

  /** Which fields of an event are needed to complete it, as dotted paths. */
  public Set<String> reads() {
    Set<String> paths = new HashSet<>();
    for (StructType.Field field : stream.fields().fields()) {
      paths.add(stream.group().name() + "." + field.name());
    }
    return paths;
  }

  /** Whether the topic of completed events is there. */
  public boolean canWrite() {
    return imputers.canWrite(stream.name());
  }

  /**
   * The event with its gaps filled. What came as filled in, as by a completed event that is sent
   * again, is a gap. An event without gaps, or while no imputer is in force, is the very bytes.
   *
   * @param payload of an event of the stream
   * @param root its values, of which {@link #reads} were kept
   */
  public byte[] complete(byte[] payload, Row root) {
    List<FilledField> filled = filled(root);
    if (filled.isEmpty() && !saysSo(root)) {
      return payload;
    }
    ObjectNode event = (ObjectNode) JSON.readTree(payload);
    CompletedJson.takeBack(event, stream);
    if (by != null) {
      CompletedJson.complete(event, stream, filled, by.version());
    }
    return JSON.writeValueAsBytes(event);
  }

  private boolean saysSo(Row root) {
    return root.state(stream.imputed().provenance().index()) != Row.ABSENT;
  }

  private List<FilledField> filled(Row root) {
    Optional<Row> values = stream.values(root);
    GapFiller now = filler();
    ImputersInForce.@Nullable InForce inForce = by;
    return values.isEmpty() || now == null || inForce == null
        ? List.of()
        : now.fill(values.get(), inForce.least());
  }

  @SuppressWarnings("ReferenceEquality") // asked for each event; the same imputer is read once
  private @Nullable GapFiller filler() {
    ImputersInForce.@Nullable InForce now = imputers.of(stream.name(), groupHash).orElse(null);
    if (now == null) {
      by = null;
      filler = null;
    } else if (by == null || now.imputer() != by.imputer() || now.version() != by.version()) {
      by = now;
      filler = new GapFiller(stream, now.imputer());
    }
    return filler;
  }
}
