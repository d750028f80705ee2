package io.assay.stream.archive;

import java.time.Instant;

/**
 * How much of a partition of a topic the archive has, holes apart.
 *
 * @param from offset of the first record; 0 where nothing is missing before it
 * @param until behind the last
 * @param since when the first was received
 * @param last when the last was
 */
public record Kept(long from, long until, Instant since, Instant last) {}
