package io.assay.web.erasure;

import io.assay.stream.contract.KeyDigest;
import java.security.SecureRandom;
import tools.jackson.databind.json.JsonMapper;

/** A key as it stands in texts, and as it may be told of once it is erased. */
final class KeyText {
  private KeyText() {}

  /** As a JSON text, with its quotes: a part of another text is not meant. */
  static String quoted(String key) {
    return JsonMapper.shared().writeValueAsString(key);
  }

  /**
   * By this someone who knows the key recognises a request, and nobody else learns it: the
   * processors are told it, too.
   */
  static String digest(String key, SecureRandom random) {
    return KeyDigest.of(key, random);
  }

  /** Whether a digest is of a key. */
  static boolean isOf(String digest, String key) {
    return KeyDigest.read(digest).isOf(key);
  }
}
