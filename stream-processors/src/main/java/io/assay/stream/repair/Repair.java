package io.assay.stream.repair;

import io.assay.assertion.event.Event;
import io.assay.assertion.scenario.Payload;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.SentAs;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record put aside that can be read as an event now. */
final class Repair {
  /** What is further ahead of its arrival changes no verdict. */
  private static final long MOST_AHEAD = 300_000_000_000L;

  private final Chosen chosen;
  private final Event event;
  private final byte[] value;

  /**
   * @param value taken as it is, not copied
   */
  Repair(Chosen chosen, Event event, byte[] value) {
    this.chosen = chosen;
    this.event = event;
    this.value = value;
  }

  Chosen chosen() {
    return chosen;
  }

  Event event() {
    return event;
  }

  long at() {
    return event.at();
  }

  /** The event as if it had arrived then, but never later than it did, nor before it happened. */
  Payload arriving(long after, long before) {
    long received = Math.max(after, Math.min(before, event.received()));
    if (received < event.at() - MOST_AHEAD) {
      received = event.at();
    }
    return Payload.of(value, event.source(), received, event.trace()).sentAs(SentAs.of(this::last));
  }

  private byte @Nullable [] last(String name) {
    byte[] found = null;
    for (Header header : chosen.aside().headers()) {
      found = header.key().equals(name) ? header.value() : found;
    }
    return found;
  }

  static @Nullable String trace(PutAside aside) {
    for (Header header : aside.headers()) {
      if (header.key().equals(HeaderNames.TRACEPARENT) && header.value() != null) {
        return new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
