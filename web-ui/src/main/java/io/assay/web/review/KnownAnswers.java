package io.assay.web.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * When reviewers are given an item of which the answer is known: once in twenty, at a place that
 * they cannot count or work out.
 *
 * <p>The places are this process's own. Of several, one may give such an item where another has
 * given one already; that is still seldom, and nothing that anybody could see.
 */
final class KnownAnswers {
  /** One of so many is an item of which the answer is known, while there are such. */
  static final int EVERY = 20;

  private final byte[] secret = new byte[32];

  KnownAnswers() {
    new SecureRandom().nextBytes(secret);
  }

  /** {@code said}: how many verdicts the reviewer has given before. */
  boolean isDue(String project, String reviewer, long said) {
    return said % EVERY == place(project, reviewer, said / EVERY);
  }

  /** Of the item with a known answer among twenty, 0 to 19. */
  private int place(String project, String reviewer, long twenty) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      byte[] hash = digest.digest((project + '\n' + reviewer + '\n' + twenty).getBytes(UTF_8));
      return (((hash[0] & 0xff) << 16) | ((hash[1] & 0xff) << 8) | (hash[2] & 0xff)) % EVERY;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
