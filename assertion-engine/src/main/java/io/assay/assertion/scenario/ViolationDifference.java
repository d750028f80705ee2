package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which violations two versions of rules have in common over the same events.
 *
 * <p>Ids depend on the judgement hash and differ where a rule was changed. So two violations are
 * one if assertion, expectation, key, subject and deciding event are the same. An identity counts
 * without the start of its life, which moves with every bound: a gap of 200 ms stays that gap.
 * Where overlap tells identities apart they have no name; then it is the span that must be the
 * same. So it is for a life that was too short, which is decided once the bound has passed.
 *
 * <p>Remembered is a hash of each old violation.
 */
public final class ViolationDifference {
  private final Map<Mark, Integer> unmatched = new HashMap<>();
  private final Map<String, Long> old = new HashMap<>();
  private final Map<String, Long> both = new HashMap<>();
  private final Map<String, Long> onlyNew = new HashMap<>();

  private record Mark(long high, long low) {}

  /** Notes a violation of the old rules; all of them come first. */
  public void old(Violation violation) {
    old.merge(violation.assertion(), 1L, Long::sum);
    unmatched.merge(mark(violation), 1, Integer::sum);
  }

  /** Notes a violation of the new rules; whether the old ones did not have it. */
  public boolean isNew(Violation violation) {
    boolean known = take(violation);
    (known ? both : onlyNew).merge(violation.assertion(), 1L, Long::sum);
    return !known;
  }

  /**
   * After all new ones, the old violations are given once more: whether the new rules do not have
   * this one.
   */
  public boolean isGone(Violation violation) {
    return take(violation);
  }

  public long both(String assertion) {
    return both.getOrDefault(assertion, 0L);
  }

  public long onlyNew(String assertion) {
    return onlyNew.getOrDefault(assertion, 0L);
  }

  public long onlyOld(String assertion) {
    return old.getOrDefault(assertion, 0L) - both(assertion);
  }

  private boolean take(Violation violation) {
    Mark mark = mark(violation);
    boolean there = unmatched.containsKey(mark);
    unmatched.computeIfPresent(mark, (same, count) -> count == 1 ? null : count - 1);
    return there;
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

  private static Mark mark(Violation v) {
    List<String> parts =
        List.of(v.assertion(), v.expectation(), v.stream(), v.key(), subject(v), decided(v));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
      }
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new Mark(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
