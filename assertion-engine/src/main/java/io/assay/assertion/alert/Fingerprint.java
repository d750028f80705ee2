package io.assay.assertion.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** What an alert is known by: the same for as long as its labels are. */
public final class Fingerprint {
  private static final int BYTES = 8;

  private Fingerprint() {}

  /** Sixteen hex digits of the SHA-256 of all names and values. */
  public static String of(SortedMap<String, String> labels) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      labels.forEach(
          (name, value) -> {
            add(hash, name);
            add(hash, value);
          });
      return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** No byte of UTF-8 is 0xff: what is between two texts is in none. */
  private static void add(MessageDigest hash, String text) {
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    hash.update((byte) 0xff);
  }
}
