package io.assay.stream.archive;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;

/**
 * Which keys a block may hold: a Bloom filter of a byte a key, which errs for one in fifty that it
 * does not hold, and for none that it does.
 */
final class KeySet {
  private static final int BITS_A_KEY = 8;
  private static final int PROBES = 5;

  private final BitSet bits;
  private final int size;

  private KeySet(BitSet bits, int size) {
    this.bits = bits;
    this.size = size;
  }

  static KeySet of(Set<String> keys) {
    var set = new KeySet(new BitSet(), Math.max(1, keys.size()) * BITS_A_KEY);
    for (String key : keys) {
      for (int probe = 0; probe < PROBES; probe++) {
        set.bits.set(set.place(key, probe));
      }
    }
    return set;
  }

  /** Reads {@link #bytes()}. */
  static KeySet read(byte[] bytes) {
    return new KeySet(BitSet.valueOf(bytes), bytes.length * Byte.SIZE);
  }

  byte[] bytes() {
    byte[] whole = new byte[size / Byte.SIZE];
    byte[] used = bits.toByteArray();
    System.arraycopy(used, 0, whole, 0, used.length);
    return whole;
  }

  boolean mayHold(String key) {
    for (int probe = 0; probe < PROBES; probe++) {
      if (!bits.get(place(key, probe))) {
        return false;
      }
    }
    return true;
  }

  /** The halves of one hash make all probes, which is as good as five hashes. */
  private int place(String key, int probe) {
    long hash = hash(key.getBytes(StandardCharsets.UTF_8));
    long sum = (hash >>> 32) + probe * ((hash & 0xFFFF_FFFFL) | 1);
    return (int) (sum % size);
  }

  /** FNV-1a, its bits mixed as SplitMix64 ends: part of the format. */
  private static long hash(byte[] text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
