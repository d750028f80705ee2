package io.assay.assertion.eval;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads events with all that is evidence of them, whatever rules read: for people who look at one
 * that nothing has flagged.
 */
public final class WholeEvents {
  private final EventFields fields;
  private final EventDecoder decoder;

  public WholeEvents(StreamType stream) {
    Set<String> declared = EventFields.declared(stream.root(), "");
    this.fields = EventFields.of(stream, declared);
    this.decoder = EventDecoder.of(stream, new HashSet<>(declared));
  }

  /**
   * An event and its fields.
   *
   * @param json as violations have them, canonical
   */
  public record Whole(Event event, String json) {}

  /**
   * Reads a payload; empty where it is none.
   *
   * @param receivedNanos when it reached us, nanoseconds since the epoch
   */
  public Optional<Whole> read(byte[] payload, Coordinates source, long receivedNanos) {
    return switch (decoder.decode(payload, null, source, receivedNanos)) {
      case Decoded.Readable(var event) ->
          Optional.of(new Whole(event, fields.freeze(event.root())));
      case Decoded.Unreadable ignored -> Optional.empty();
    };
  }
}
