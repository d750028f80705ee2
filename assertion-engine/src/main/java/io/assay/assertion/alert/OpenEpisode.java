package io.assay.assertion.alert;

import java.time.Instant;

/**
 * An episode that is open, or was lately.
 *
 * @param id of the violation that opened it
 * @param opened event time of its first violation, and {@code last} of its last
 * @param key of its events
 */
public record OpenEpisode(String id, Instant opened, Instant last, String key, String label) {}
