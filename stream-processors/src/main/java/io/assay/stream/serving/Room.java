package io.assay.stream.serving;

/**
 * How large the events of one request may be.
 *
 * <p>What all rows share, such as parameters, stands in each of their events: a record of a
 * megabyte would otherwise become gigabytes.
 *
 * @param event the most bytes of one
 * @param all the most bytes of all of them
 */
public record Room(int event, int all) {
  /** Of a file, which nobody else waits for. */
  static final Room OF_FILES = new Room(64 << 20, 256 << 20);

  public Room {
    if (event < 1 || all < event) {
      throw new IllegalArgumentException(
          "events need room for one at least, got %d and %d bytes".formatted(event, all));
    }
  }
}
