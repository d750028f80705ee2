package io.assay.assertion.scenario;

import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream's recordings that are in the range, one recording after another, decoded
 * some at a time by the whole crew.
 */
final class Arrivals {
  /** Read before they are decoded together: enough that waiting for each other costs little. */
  private static final int MOST_PAYLOADS = 1024;

  private static final long MOST_BYTES = 4 << 20;

  private final Iterator<Recording> recordings;
  private final EventDecoder decoder;
  private final Extent extent;
  private final Crew crew;
  private final BiConsumer<String, Decoded.Unreadable> unreadable;
  private final List<Payload> payloads = new ArrayList<>();
  private final Deque<Event> ready = new ArrayDeque<>();
  private @Nullable Payloads open;

  /**
   * @param unreadable is told the place of each payload that is no event, and why
   */
  Arrivals(
      List<Recording> recordings,
      EventDecoder decoder,
      Extent extent,
      Crew crew,
      BiConsumer<String, Decoded.Unreadable> unreadable) {
    this.recordings = recordings.iterator();
    this.decoder = decoder;
    this.extent = extent;
    this.crew = crew;
    this.unreadable = unreadable;
  }

  /** The next event, which stays; null after the last. */
  @Nullable Event next() {
    while (ready.isEmpty() && read()) {
      decode();
    }
    return ready.peekFirst();
  }

  Event take() {
    return ready.removeFirst();
  }

  /** Payloads of one recording, or none when all are read. */
  private boolean read() {
    payloads.clear();
    while (payloads.isEmpty() && (open != null || recordings.hasNext())) {
      Payloads from = open == null ? recordings.next().payloads() : open;
      open = from;
      long bytes = 0;
      while (payloads.size() < MOST_PAYLOADS && bytes < MOST_BYTES) {
        Payload payload = from.next();
        if (payload == null) {
          break;
        }
        payloads.add(payload);
        bytes += payload.bytes().length;
      }
      if (payloads.isEmpty()) {
        open = null;
      }
    }
    return !payloads.isEmpty();
  }

  private void decode() {
    Decoded[] decoded = new Decoded[payloads.size()];
    crew.each(
        piece -> {
          for (int i = piece; i < decoded.length; i += crew.size()) {
            decoded[i] = decode(payloads.get(i));
          }
        });
    for (int i = 0; i < decoded.length; i++) {
      switch (decoded[i]) {
        case Decoded.Readable(var event) -> {
          if (extent.contains(event)) {
            ready.add(event.sentAs(payloads.get(i).sentAs()));
          }
        }
        case Decoded.Unreadable broken -> {
          String place = Objects.requireNonNull(open).place(payloads.get(i).source());
          unreadable.accept(place, broken);
        }
      }
    }
  }

  private Decoded decode(Payload payload) {
    if (payload.isCut()) {
      return new Decoded.Unreadable(
          "too-long", "needed a line of at most " + JsonLines.LONGEST_LINE + " bytes, came more");
    }
    return decoder.decode(payload.bytes(), payload.trace(), payload.source(), payload.received());
  }
}
