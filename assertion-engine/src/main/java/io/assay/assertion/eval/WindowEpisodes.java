package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import java.util.Map;
import java.util.TreeMap;

/**
 * The open episodes of an assertion over windows: of each line and segment the violation that
 * opened it, as long as violated windows touch.
 */
final class WindowEpisodes {
  private final Map<String, Open> open = new TreeMap<>();

  private record Open(String opener, long end, long reach) {}

  /**
   * The violation as part of its episode.
   *
   * @param reach how long behind a window's end one may be judged that touches it; 0 where none
   *     ever does
   */
  Violation within(Violation violation, String subject, long reach) {
    if (reach == 0) {
      return violation;
    }
    Open before = open.get(subject);
    String opener =
        before != null && violation.from() <= before.end() ? before.opener() : violation.id();
    open.put(subject, new Open(opener, violation.to(), reach));
    return violation.within(opener);
  }

  /** None that ends after this can touch them. */
  void forget(long clock) {
    open.values().removeIf(episode -> clock - episode.end() > episode.reach());
  }

  void write(StateWriter out) {
    out.writeUnsigned(open.size());
    open.forEach(
        (subject, episode) -> {
          out.writeText(subject);
          out.writeText(episode.opener());
          out.writeLong(episode.end());
          out.writeUnsigned(episode.reach());
        });
  }

  void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      open.put(in.readText(), new Open(in.readText(), in.readLong(), in.readUnsigned()));
    }
  }
}
