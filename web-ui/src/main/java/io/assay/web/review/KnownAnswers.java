package io.assay.web.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * When reviewers are given an item of which the answer is known: once in twenty, at a place that
 * they cannot count or work out.
 *
 * <p>Every process finds the same places, by something that is stored of the reviewer and told to
 * nobody. With a new password they are others from then on: of one twenty there may be two, or
 * none.
 */
final class KnownAnswers {
  /** One of so many is an item of which the answer is known, while there are such. */
  static final int EVERY = 20;

  private KnownAnswers() {}

  /**
   * Whether one is due.
   *
   * @param secret what is told to nobody
   * @param said how many verdicts the reviewer has given before
   */
  static boolean isDue(String secret, String project, String reviewer, long said) {
    return said % EVERY == place(secret, project, reviewer, said / EVERY);
  }

  /** Of the item with a known answer among twenty, 0 to 19. */
  private static int place(String secret, String project, String reviewer, long twenty) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((secret + '\n' + project + '\n' + reviewer + '\n' + twenty).getBytes(UTF_8));
      return (((hash[0] & 0xff) << 16) | ((hash[1] & 0xff) << 8) | (hash[2] & 0xff)) % EVERY;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
