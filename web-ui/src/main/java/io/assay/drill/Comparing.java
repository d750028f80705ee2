package io.assay.drill;

import io.assay.drill.Reference.Judged;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what came out against the backtest; says each difference in a sentence. */
final class Comparing {
  private static final int SHOWN = 3;

  private final Judged expected;
  private final List<String> found = new ArrayList<>();

  Comparing(Judged expected) {
    this.expected = expected;
  }

  List<String> found() {
    return found;
  }

  void topic(Map<String, List<byte[]>> read, List<String> disordered) {
    told("lost violations", without(expected.violations().keySet(), read.keySet()));
    told(
        "violations that the backtest does not find",
        without(read.keySet(), expected.violations().keySet()));
    var doubled = new ArrayList<String>();
    var other = new ArrayList<String>();
    read.forEach(
        (id, records) -> {
          if (records.size() > 1) {
            doubled.add(id);
          }
          byte[] wanted = expected.violations().get(id);
          if (wanted != null && !Arrays.equals(wanted, records.getFirst())) {
            other.add(difference(wanted, records.getFirst()));
          }
        });
    told("doubled violations", doubled);
    told("violations with other bytes than the backtest's", other);
    told("keys whose violations are out of order", disordered);
  }

  void database(Stored stored) throws SQLException {
    Set<String> rows = stored.ids();
    told("violations without a row", without(expected.violations().keySet(), rows));
    told("rows without a violation", without(rows, expected.violations().keySet()));
    Map<String, Long> counts = stored.counts();
    if (!counts.equals(expected.tallies())) {
      found.add("counts: %s, the backtest has %s".formatted(counts, expected.tallies()));
    }
    long aside = stored.putAside();
    if (aside != 0) {
      found.add(aside + " records were put aside");
    }
  }

  void sent(long wanted, long inTopic) {
    if (wanted != inTopic) {
      found.add("the topic has %d events, %d were sent".formatted(inTopic, wanted));
    }
  }

  private void told(String what, List<String> which) {
    if (!which.isEmpty()) {
      found.add(
          "%d %s: %s%s"
              .formatted(
                  which.size(),
                  what,
                  String.join(", ", which.subList(0, Math.min(SHOWN, which.size()))),
                  which.size() > SHOWN ? ", …" : ""));
    }
  }

  private static List<String> without(Set<String> all, Set<String> known) {
    return all.stream().filter(id -> !known.contains(id)).toList();
  }

  /** Where two texts begin to differ. */
  private static String difference(byte[] wanted, byte[] came) {
    int at = Math.max(0, Arrays.mismatch(wanted, came));
    return "'%s' where '%s' is right".formatted(from(came, at), from(wanted, at));
  }

  private static String from(byte[] bytes, int at) {
    int begin = Math.max(0, at - 30);
    return new String(bytes, begin, Math.min(60, bytes.length - begin), StandardCharsets.UTF_8);
  }
}
