package io.assay.stream.repair;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record that is to be sent once more, as it came or with other bytes. */
public final class Chosen {
  private final PutAside aside;
  private final byte @Nullable [] edited;

  private Chosen(PutAside aside, byte @Nullable [] edited) {
    this.aside = aside;
    this.edited = edited;
  }

  public static Chosen untouched(PutAside aside) {
    return new Chosen(aside, null);
  }

  /** {@code bytes} are taken as they are, not copied. */
  public static Chosen edited(PutAside aside, byte[] bytes) {
    return new Chosen(aside, bytes);
  }

  /** Of all that are sent. */
  public static long bytes(List<Chosen> all) {
    return all.stream()
        .mapToLong(one -> one.edited == null ? one.aside.valueBytes() : one.edited.length)
        .sum();
  }

  PutAside aside() {
    return aside;
  }

  byte @Nullable [] edited() {
    return edited;
  }
}
