package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.Map;

/**
 * An event of which something has turned out to be true.
 *
 * @param before what was known of it, by the names of truths
 * @param now what is known
 */
public record Informed(Event event, Map<String, Object> before, Map<String, Object> now) {
  public Informed {
    before = Map.copyOf(before);
    now = Map.copyOf(now);
  }
}
