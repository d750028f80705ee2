package io.assay.stream.repair;

import io.assay.assertion.Violation;
import io.assay.assertion.Violation.FrozenEvent;
import io.assay.assertion.ViolationJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of two runs over a history only the second found, and how much only the first.
 *
 * <p>A violation is the same where its id is. Where an identity is seen earlier in the second run,
 * or a session begins earlier, ids that hold this beginning differ: then a violation is the same
 * that the same event decides, of the same line, about the same element of the same event.
 */
final class Difference {
  /** So many are remembered of the first run: about 70 MB. */
  private static final int MOST_BEFORE = 500_000;

  /** More that only the second finds are no repair: they are held, and sent at once. */
  private static final int MOST_FOUND = 10_000;

  private static final long MOST_BYTES = 32L << 20;
  private static final long FOUND_AGAIN = 0;

  /** What they are about, by id; a hash, as they may be many. */
  private final Map<String, Long> before = new HashMap<>();

  private final Map<String, Violation> added = new LinkedHashMap<>();
  private long bytes;

  /** There is more of it than can be held. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * @param undone how many only the first run found
   */
  record Result(List<Violation> found, int undone) {}

  /**
   * @throws TooMuch where there are more than can be remembered
   */
  void before(Violation violation) {
    if (before.size() == MOST_BEFORE) {
      throw new TooMuch(
          "its key's history has more than %,d violations: judge less of it"
              .formatted(MOST_BEFORE));
    }
    before.put(violation.id(), about(violation));
  }

  /**
   * @throws TooMuch where there are more new ones than can be held
   */
  void after(Violation violation) {
    if (before.replace(violation.id(), FOUND_AGAIN) != null
        || added.putIfAbsent(violation.id(), violation) != null) {
      return;
    }
    bytes += ViolationJson.write(violation).length;
    if (added.size() > MOST_FOUND || bytes > MOST_BYTES) {
      throw new TooMuch(
          "its key's history would have more than %,d violations more, or more than %,d bytes of them"
              .formatted(MOST_FOUND, MOST_BYTES));
    }
  }

  /** Once both runs are over. */
  Result result() {
    Map<Long, Deque<String>> undone = new HashMap<>();
    int only = 0;
    for (Map.Entry<String, Long> one : before.entrySet()) {
      if (one.getValue() != FOUND_AGAIN) {
        undone.computeIfAbsent(one.getValue(), key -> new ArrayDeque<>()).add(one.getKey());
        only++;
      }
    }
    Map<String, String> known = new HashMap<>();
    for (Violation violation : added.values()) {
      Deque<String> same = undone.get(about(violation));
      if (same != null && !same.isEmpty()) {
        known.put(violation.id(), same.remove());
      }
    }
    List<Violation> found = new ArrayList<>();
    for (Violation violation : added.values()) {
      if (!known.containsKey(violation.id())) {
        String opener = known.getOrDefault(violation.episode(), violation.episode());
        found.add(violation.within(opener));
      }
    }
    return new Result(found, only - known.size());
  }

  /** What stays the same where a life or a session begins earlier; never {@link #FOUND_AGAIN}. */
  private static long about(Violation violation) {
    String text =
        String.join(
            "\u0000",
            violation.assertion(),
            violation.expectation(),
            violation.key(),
            Long.toString(violation.at()),
            violation.decidingEvent(),
            subject(violation));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() | 1;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** Its label; where this is a running number, as of boxes that are followed, its last place. */
  private static String subject(Violation violation) {
    boolean numbered = violation.subject().startsWith("[") && violation.label().startsWith("#");
    List<FrozenEvent> events = numbered ? violation.events() : List.of();
    for (int i = events.size() - 1; i >= 0; i--) {
      FrozenEvent event = events.get(i);
      if (event.subjectIndex() >= 0) {
        return event.id() + '[' + event.subjectIndex() + ']';
      }
    }
    return violation.label();
  }
}
