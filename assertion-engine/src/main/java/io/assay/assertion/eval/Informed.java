package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.Map;

/**
 * An event of which something has turned out to be true.
 *
 * @param before what was known of it, by the names of truths
 * @param now what is known
 * @param note what came with the event, for whoever asked for its truth
 */
public record Informed(
    Event event, Map<String, Object> before, Map<String, Object> now, String note) {
  public Informed(Event event, Map<String, Object> before, Map<String, Object> now) {
    this(event, before, now, "");
  }

  public Informed {
    before = Map.copyOf(before);
    now = Map.copyOf(now);
  }
}
