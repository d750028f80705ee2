package io.assay.assertion.eval;

/** What the events of one key are called where their stream declares no id. */
record EventNames(String stream, String key) {
  /**
   * @param ordinal among the events of the key and instant
   */
  String name(long at, int ordinal) {
    return Hashes.of(stream, key, Long.toString(at), Integer.toString(ordinal));
  }
}
