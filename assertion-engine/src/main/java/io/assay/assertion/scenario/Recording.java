package io.assay.assertion.scenario;

import io.assay.assertion.event.StreamType;
import java.io.InputStream;

/**
 * Past events of one stream, opened by whoever asks for a backtest.
 *
 * <p>Several recordings of one stream are played one after the other, as one.
 *
 * @param payloads read once, from beginning to end; their owner closes them
 */
public record Recording(StreamType stream, Payloads payloads) {

  /**
   * A file of JSON Lines.
   *
   * @param name as messages call it; the events' coordinates carry it, their ids do not
   */
  public static Recording ofLines(StreamType stream, String name, InputStream bytes) {
    return new Recording(stream, new LinePayloads(name, bytes));
  }
}
