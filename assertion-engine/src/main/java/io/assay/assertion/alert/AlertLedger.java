package io.assay.assertion.alert;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted and found while a recording was played, as far as alerts ask for it: by minute
 * of event time, as the database keeps it live. Mergeable: the order of what is added is of no
 * matter.
 */
public final class AlertLedger {
  /** Minutes, and episodes, that are kept; of longer recordings alerts are not told. */
  static final int MOST = 2_000_000;

  private final Set<String> asked;
  private final Set<String> silences;
  private final Map<String, NavigableMap<Long, Map<String, Sums>>> minutes = new HashMap<>();
  private final Map<String, Map<String, OpenEpisode>> episodes = new HashMap<>();

  /** Silences that have not ended yet, by assertion and key. */
  private final Map<String, Map<String, OpenEpisode>> silent = new HashMap<>();

  private int size;

  /** What was added last: most counts are of the same line and minute as the one before. */
  private @Nullable Sums last;

  private String lastAssertion = "";
  private String lastLine = "";
  private long lastMinute;

  /** Sums of one line and minute. */
  private static final class Sums {
    private long seen;
    private long passed;
    private long judged;
    private long violated;
    private long undecided;

    void add(Tally tally, long by) {
      switch (tally) {
        case SEEN -> seen += by;
        case PASSED -> passed += by;
        case JUDGED -> judged += by;
        case VIOLATED -> violated += by;
        case UNDECIDED -> undecided += by;
        case HELD, LATE -> {}
      }
    }

    void add(Sums other) {
      seen += other.seen;
      passed += other.passed;
      judged += other.judged;
      violated += other.violated;
      undecided += other.undecided;
    }

    AlertCounts counts() {
      return new AlertCounts(seen, passed, judged, violated, undecided);
    }
  }

  /**
   * @param asked the assertions that are listened to
   * @param silences those of them whose violations last until their key speaks
   */
  AlertLedger(Set<String> asked, Set<String> silences) {
    this.asked = Set.copyOf(asked);
    this.silences = Set.copyOf(silences);
  }

  /** {@code minute}: since the epoch. */
  public void count(String assertion, String line, Tally tally, long minute, long by) {
    Sums known = last;
    if (known != null
        && minute == lastMinute
        && assertion.equals(lastAssertion)
        && line.equals(lastLine)) {
      known.add(tally, by);
    } else if (asked.contains(assertion)) {
      Sums sums = sums(assertion, line, minute);
      if (sums != null) {
        sums.add(tally, by);
        last = sums;
        lastAssertion = assertion;
        lastLine = line;
        lastMinute = minute;
      }
    }
  }

  private @Nullable Sums sums(String assertion, String line, long minute) {
    if (size >= MOST) {
      return null;
    }
    return minutes
        .computeIfAbsent(assertion, name -> new TreeMap<>())
        .computeIfAbsent(minute, at -> new HashMap<>())
        .computeIfAbsent(
            line,
            name -> {
              size++;
              return new Sums();
            });
  }

  public void violation(Violation violation) {
    if (asked.contains(violation.assertion()) && size < MOST) {
      Instant at = instant(violation.at());
      boolean isSilence = silences.contains(violation.assertion());
      var episode =
          new OpenEpisode(
              isSilence ? violation.id() : violation.episode(),
              at,
              at,
              violation.key(),
              violation.label());
      if (isSilence) {
        silent
            .computeIfAbsent(violation.assertion(), name -> new HashMap<>())
            .put(violation.key(), episode);
      } else {
        add(violation.assertion(), episode);
      }
    }
  }

  /** A key's silence is over, if it was silent; {@code at}: event time, nanoseconds. */
  public void speaks(String assertion, String key, long at) {
    OpenEpisode ended = silent.getOrDefault(assertion, new HashMap<>()).remove(key);
    if (ended != null) {
      add(assertion, new OpenEpisode(ended.id(), ended.opened(), instant(at), key, ended.label()));
    }
  }

  private void add(String assertion, OpenEpisode more) {
    episodes
        .computeIfAbsent(assertion, name -> new HashMap<>())
        .merge(
            more.id(),
            more,
            (one, other) ->
                new OpenEpisode(
                    one.id(),
                    one.opened().isBefore(other.opened()) ? one.opened() : other.opened(),
                    one.last().isAfter(other.last()) ? one.last() : other.last(),
                    one.key(),
                    one.label()));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  public void add(AlertLedger other) {
    other.minutes.forEach(
        (assertion, own) ->
            own.forEach(
                (minute, lines) ->
                    lines.forEach(
                        (line, counted) -> {
                          Sums sums = sums(assertion, line, minute);
                          if (sums != null) {
                            sums.add(counted);
                          }
                        })));
    other.episodes.forEach(
        (assertion, own) -> own.values().forEach(episode -> add(assertion, episode)));
    last = null;
  }

  /** Whether something was left out since there was too much. */
  public boolean isFull() {
    return size >= MOST;
  }

  /** The minutes in which something of these assertions was counted. */
  NavigableMap<Long, Boolean> minutes(Set<String> assertions) {
    var all = new TreeMap<Long, Boolean>();
    assertions.forEach(name -> of(name).keySet().forEach(minute -> all.put(minute, true)));
    return all;
  }

  /** By line, of the minutes from one to another, both included. */
  Map<String, AlertCounts> trailing(String assertion, long from, long until) {
    Map<String, AlertCounts> sums = new HashMap<>();
    of(assertion)
        .subMap(from, true, Math.max(from, until), true)
        .values()
        .forEach(
            lines ->
                lines.forEach(
                    (line, counted) -> sums.merge(line, counted.counts(), AlertCounts::plus)));
    return sums;
  }

  /** Of all lines, in the minutes until one in which something was judged, newest first. */
  List<AlertCounts> windows(String assertion, long until, long most) {
    return of(assertion).headMap(until, true).descendingMap().values().stream()
        .map(
            lines ->
                lines.values().stream()
                    .map(Sums::counts)
                    .reduce(AlertCounts.NONE, AlertCounts::plus))
        .filter(counts -> counts.judged() > 0)
        .limit(most)
        .toList();
  }

  private NavigableMap<Long, Map<String, Sums>> of(String assertion) {
    return Objects.requireNonNullElseGet(minutes.get(assertion), TreeMap::new);
  }

  Collection<OpenEpisode> episodes(String assertion) {
    return Objects.requireNonNullElseGet(
            episodes.get(assertion), () -> new HashMap<String, OpenEpisode>())
        .values();
  }
}
