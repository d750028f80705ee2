package io.assay.assertion.statistics;

/** Spreads keys over 64 bits; the same in every process and version. */
final class Mixing {
  private Mixing() {}

  /** The finalizer of MurmurHash3: every bit of the key changes half of the result's. */
  static long mix(long key) {
    long h = key;
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  /** FNV-1a over UTF-16 units, then mixed, as its upper bits alone spread badly. */
  static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(h);
  }
}
