package io.assay.web.storage;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How large something was.
 *
 * @param name of a table, of topics, or where a volume is
 * @param bytes that it took; of a volume, what the store has on it
 * @param free bytes that were left on the volume; empty where nobody can see
 * @param total of the volume, likewise
 */
public record StorageSample(
    Instant at,
    Store store,
    Kind kind,
    String name,
    long bytes,
    OptionalLong free,
    OptionalLong total) {
  /** Who keeps it. */
  public enum Store {
    POSTGRESQL,
    KAFKA,
    ARCHIVE
  }

  /** What it is. */
  public enum Kind {
    PART,
    VOLUME
  }

  static StorageSample part(Instant at, Store store, String name, long bytes) {
    return new StorageSample(
        at, store, Kind.PART, name, bytes, OptionalLong.empty(), OptionalLong.empty());
  }

  static StorageSample volume(
      Instant at, Store store, String name, long bytes, OptionalLong free, OptionalLong total) {
    return new StorageSample(at, store, Kind.VOLUME, name, bytes, free, total);
  }
}
