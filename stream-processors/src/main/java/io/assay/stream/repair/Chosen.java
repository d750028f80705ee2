package io.assay.stream.repair;

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

  /** How much of it is held. */
  long bytes() {
    long headers = aside.headers().stream().mapToLong(header -> length(header.value())).sum();
    return headers + length(aside.key()) + aside.valueBytes() + length(edited);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  PutAside aside() {
    return aside;
  }

  byte @Nullable [] edited() {
    return edited;
  }
}
