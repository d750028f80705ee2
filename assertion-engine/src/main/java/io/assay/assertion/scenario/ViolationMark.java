package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Which violation it is, whatever the thresholds of the rule that found it: a hash.
 *
 * <p>Ids depend on the judgement hash and differ where a rule was changed. So two violations are
 * one if assertion, expectation, key, subject and deciding event are the same. An identity counts
 * without the start of its life, which moves with every bound: a gap of 200 ms stays that gap.
 * Where overlap tells identities apart they have no name; then it is the span that must be the
 * same. So it is for a life that was too short, which is decided once the bound has passed.
 */
public record ViolationMark(long high, long low) {
  /** That of a violation. */
  public static ViolationMark of(Violation v) {
    return of(v.assertion(), v);
  }

  /** That of a violation as if an assertion of this name had found it. */
  static ViolationMark of(String assertion, Violation v) {
    List<String> parts =
        List.of(assertion, v.expectation(), v.stream(), v.key(), subject(v), decided(v));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
      }
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new ViolationMark(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String subject(Violation v) {
    int life = v.subject().lastIndexOf('@');
    if (life < 0) {
      return v.subject();
    }
    String identity = v.subject().substring(0, life);
    boolean byOverlap = identity.startsWith("[");
    return byOverlap ? span(v) : identity;
  }

  private static String decided(Violation v) {
    boolean isLife = v.events().stream().anyMatch(event -> event.role().equals("life"));
    return isLife ? span(v) : v.decidingEvent();
  }

  private static String span(Violation v) {
    return v.from() + "/" + v.to();
  }
}
