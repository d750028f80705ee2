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

  private record Open(String opener, long end, long length) {}

  Violation within(Violation violation, String subject) {
    Open before = open.get(subject);
    boolean goesOn = before != null && violation.from() <= before.end();
    String opener = goesOn ? before.opener() : violation.id();
    open.put(subject, new Open(opener, violation.to(), violation.to() - violation.from()));
    return violation.within(opener);
  }

  /** None that ends after this can touch them. */
  void forget(long clock) {
    open.values().removeIf(episode -> clock - episode.end() > episode.length());
  }

  void write(StateWriter out) {
    out.writeUnsigned(open.size());
    open.forEach(
        (subject, episode) -> {
          out.writeText(subject);
          out.writeText(episode.opener());
          out.writeLong(episode.end());
          out.writeUnsigned(episode.length());
        });
  }

  void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      open.put(in.readText(), new Open(in.readText(), in.readLong(), in.readUnsigned()));
    }
  }
}
