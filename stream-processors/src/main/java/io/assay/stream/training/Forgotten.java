package io.assay.stream.training;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.KeyDigest;
import java.util.List;

/**
 * Events that nothing is learned of, though the topic may have them still: those of keys that were
 * erased, as far as they came before that was asked for.
 */
final class Forgotten {
  private final List<Key> keys;

  private record Key(KeyDigest digest, long askedMillis) {}

  private Forgotten(List<Key> keys) {
    this.keys = keys;
  }

  /**
   * Of a stream.
   *
   * @throws IllegalStateException while it is not known which keys were erased
   */
  static Forgotten of(Erasing erasing, String project, String stream) {
    List<ErasureRequest> all =
        erasing
            .of(project)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "it is not known which keys were erased, and nothing must be learned of"
                            + " them: their topic cannot be read yet"));
    return new Forgotten(
        all.stream()
            .filter(one -> one.stream().equals(stream))
            .map(one -> new Key(KeyDigest.read(one.digest()), one.askedMillis()))
            .toList());
  }

  /** {@code receivedMillis}: when an event of the key came, by the broker. */
  boolean has(String key, long receivedMillis) {
    for (Key one : keys) {
      if (receivedMillis <= one.askedMillis() && one.digest().isOf(key)) {
        return true;
      }
    }
    return false;
  }
}
