package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What is told of a key that is to be erased, so that the telling does not keep it: whoever has the
 * key recognises it, and nobody else learns it, as far as keys cannot be guessed.
 *
 * <p>SHA-256 of a salt of its own and the key, as {@code SALT:HASH} in hex. Belongs to one thread:
 * it is asked of many keys one after the other.
 */
public final class KeyDigest {
  private static final int SALT_BYTES = 8;

  private final MessageDigest sha = sha();
  private final byte[] salt;
  private final byte[] hash;

  private KeyDigest(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a key, with a salt that nobody has used before. */
  public static String of(String key, SecureRandom random) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    MessageDigest sha = sha();
    sha.update(salt);
    HexFormat hex = HexFormat.of();
    return hex.formatHex(salt)
        + ':'
        + hex.formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What {@link #of} gave.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static KeyDigest read(String digest) {
    int split = digest.indexOf(':');
    if (split < 1) {
      throw new IllegalArgumentException(
          "a digest of a key needs SALT:HASH in hex, got '" + digest + "'");
    }
    HexFormat hex = HexFormat.of();
    return new KeyDigest(
        hex.parseHex(digest.substring(0, split)), hex.parseHex(digest.substring(split + 1)));
  }

  /** Whether it is of a key. */
  public boolean isOf(String key) {
    return isOf(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it is of a key, in UTF-8. */
  public boolean isOf(byte[] key) {
    sha.update(salt);
    return Arrays.equals(sha.digest(key), hash);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
