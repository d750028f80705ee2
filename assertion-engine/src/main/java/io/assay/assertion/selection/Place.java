package io.assay.assertion.selection;

import java.time.Instant;

/**
 * Where in the data something is; samples of one subject that are close in time teach the same.
 *
 * @param subject within the key: an identity, or nothing where the key itself is the subject
 * @param at event time
 */
public record Place(String stream, String key, String subject, Instant at) {}
