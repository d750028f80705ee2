package io.assay.assertion.selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Candidates in one line. */
final class Samples {
  static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private Samples() {}

  /** An episode of its own subject, so many seconds after the start. */
  static Candidate episode(String id, String assertion, double severity, long second) {
    return Candidate.flagged(id, at("subject of " + id, second), assertion, severity);
  }

  static Place at(String subject, long second) {
    return new Place("camera", "v1", subject, START.plusSeconds(second));
  }

  /** {@code count} of each assertion, severities 1, 2, …, an hour apart. */
  static List<Candidate> episodes(int count, String... assertions) {
    List<Candidate> all = new ArrayList<>();
    for (String assertion : assertions) {
      for (int i = 1; i <= count; i++) {
        all.add(episode(assertion + i, assertion, i, 3600L * i));
      }
    }
    return all;
  }

  static List<String> ids(Selection selection) {
    return selection.picks().stream().map(pick -> pick.candidate().id()).toList();
  }

  static long ofAssertion(Selection selection, String assertion) {
    return selection.picks().stream()
        .filter(pick -> assertion.equals(pick.candidate().assertion()))
        .count();
  }

  static long by(Selection selection, Arm arm) {
    return selection.picks().stream().filter(pick -> pick.arm() == arm).count();
  }
}
