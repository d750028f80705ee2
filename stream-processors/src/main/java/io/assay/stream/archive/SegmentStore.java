package io.assay.stream.archive;

import java.nio.file.Path;
import java.util.List;

/**
 * Where segments are kept: what a folder and an object store have in common.
 *
 * <p>All throw {@link java.io.UncheckedIOException} where the store cannot do what was asked.
 */
public interface SegmentStore {
  /** A kept segment; names are parted by {@code /}. */
  record Stored(String name, long bytes) {}

  /** All whose names begin so, in the order of their names. */
  List<Stored> list(String prefix);

  /** Takes a finished file in; others see all of it or nothing. The file is gone afterwards. */
  void put(String name, Path finished);

  /** So many bytes from a position on. */
  byte[] read(String name, long from, int length);

  /** Does nothing where there is none. */
  void delete(String name);
}
