package io.assay.web.rounds;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Projects in which candidates wait and none may be proposed, for the limits of their clauses or
 * the guard leave none: to find that out again twice a minute would read all of them each time.
 */
final class FruitlessLooks {
  static final Duration PAUSE = Duration.ofMinutes(10);

  private final Map<String, Instant> until = new ConcurrentHashMap<>();

  /** Whether it is too soon to look again. */
  boolean isTooSoon(String project, Instant now) {
    Instant end = until.get(project);
    return end != null && now.isBefore(end);
  }

  void foundNothing(String project, Instant now) {
    until.put(project, now.plus(PAUSE));
  }

  void foundSomething(String project) {
    until.remove(project);
  }
}
