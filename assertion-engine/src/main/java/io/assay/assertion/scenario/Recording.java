package io.assay.assertion.scenario;

import io.assay.assertion.event.StreamType;
import java.io.InputStream;

/**
 * Events of one stream as JSON Lines, opened by whoever asks for a backtest.
 *
 * <p>Several recordings of one stream are played one after the other, as one.
 *
 * @param name as messages call it; the events' coordinates carry it, their ids do not
 * @param bytes read once, from beginning to end; its owner closes it
 */
public record Recording(StreamType stream, String name, InputStream bytes) {}
