package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays recordings through the very engine that judges live streams, without a broker.
 *
 * <p>Assertions of every mode run, drafts too. The events of a key are judged in the order of the
 * file. What is remembered is the state of each key, as live, and a bit for each flagged event:
 * memory does not grow with the length of a recording. Ids of violations are those of the live
 * stream, and do not depend on what a file is called.
 */
public final class Backtest {
  /** Progress is told after this many lines. */
  private static final int LINES_BETWEEN_PROGRESS = 1024;

  /** Where the time of arrival is unknown, events count as received when they happened. */
  private static final long RECEIVED_UNKNOWN = Long.MIN_VALUE;

  private final CheckedRules rules;
  private final String project;
  private final Listener listener;
  private final BacktestVerdicts verdicts;
  private long lines;
  private long events;
  private long keys;
  private long unreadable;

  /** Hears what happens while a backtest runs. */
  public interface Listener {
    /** A violation was found. */
    void violation(Violation violation);

    /**
     * A line is no event; the backtest goes on behind it.
     *
     * @param line from 1
     * @param cause {@code broken-json}, {@code no-key}, {@code no-time} or {@code too-long}
     */
    void unreadable(String recording, long line, String cause, String detail);

    /** Called now and then, so that progress can be shown. */
    void progress(long events);
  }

  private Backtest(CheckedRules rules, String project, Listener listener) {
    this.rules = rules;
    this.project = project;
    this.listener = listener;
    this.verdicts = new BacktestVerdicts(rules, listener);
  }

  /**
   * Plays all recordings; streams without one are left out.
   *
   * @throws java.io.UncheckedIOException if a recording cannot be read
   */
  public static BacktestReport run(
      CheckedRules rules, String project, List<Recording> recordings, Listener listener) {
    var backtest = new Backtest(rules, project, listener);
    for (List<StreamType> group : GroupJudge.groups(rules)) {
      backtest.play(group, recordings);
    }
    return backtest.verdicts.report(backtest.events, backtest.keys, backtest.unreadable);
  }

  /** Streams that joins connect are played together, their events as they arrived. */
  private void play(List<StreamType> group, List<Recording> recordings) {
    GroupJudge judge = GroupJudge.of(rules, group, project);
    List<Cursor> cursors = new ArrayList<>();
    for (StreamType stream : group) {
      List<Recording> own =
          recordings.stream().filter(r -> r.stream().name().equals(stream.name())).toList();
      if (!own.isEmpty()) {
        cursors.add(new Cursor(own, EventDecoder.of(stream, judge.reads(stream))));
      }
    }
    Map<String, GroupState> states = new LinkedHashMap<>();
    for (Optional<Event> event = first(cursors); event.isPresent(); event = first(cursors)) {
      events++;
      Event next = event.get();
      judge.judge(states.computeIfAbsent(next.key(), judge::newKey), next, verdicts);
    }
    states.values().forEach(state -> judge.finish(state, verdicts));
    keys += states.size();
    listener.progress(events);
  }

  /**
   * The next to arrive of all streams, taken from its cursor; of equals that of the earlier one.
   */
  private static Optional<Event> first(List<Cursor> cursors) {
    @Nullable Cursor first = null;
    for (Cursor cursor : cursors) {
      if (cursor.next() != null && (first == null || cursor.arrival() < first.arrival())) {
        first = cursor;
      }
    }
    return first == null ? Optional.empty() : Optional.of(first.take());
  }

  /** The events of one stream's recordings, one after another. */
  private final class Cursor {
    private final Iterator<Recording> recordings;
    private final EventDecoder decoder;
    private @Nullable Recording recording;
    private @Nullable JsonLines file;
    private @Nullable Event next;

    Cursor(List<Recording> recordings, EventDecoder decoder) {
      this.recordings = recordings.iterator();
      this.decoder = decoder;
      this.next = read();
    }

    @Nullable Event next() {
      return next;
    }

    long arrival() {
      return Objects.requireNonNull(next).received();
    }

    Event take() {
      Event taken = Objects.requireNonNull(next);
      next = read();
      return taken;
    }

    private @Nullable Event read() {
      while (file != null || recordings.hasNext()) {
        if (file == null) {
          recording = recordings.next();
          file = new JsonLines(recording.bytes());
        }
        byte[] line = file.next();
        if (line == null) {
          file = null;
        } else {
          Optional<Event> event = event(Objects.requireNonNull(recording), file, line, decoder);
          if (event.isPresent()) {
            return event.get();
          }
        }
      }
      return null;
    }
  }

  private Optional<Event> event(
      Recording recording, JsonLines file, byte[] line, EventDecoder decoder) {
    if (++lines % LINES_BETWEEN_PROGRESS == 0) {
      listener.progress(events);
    }
    if (file.tooLong()) {
      String detail = "needed a line of at most " + JsonLines.LONGEST_LINE + " bytes, came more";
      unreadable(recording, file.number(), new Decoded.Unreadable("too-long", detail));
      return Optional.empty();
    }
    if (isBlank(line)) {
      return Optional.empty();
    }
    var source = new Coordinates(recording.name(), 0, file.number() - 1);
    return switch (decoder.decode(line, null, source, RECEIVED_UNKNOWN)) {
      case Decoded.Readable readable -> Optional.of(readable.event());
      case Decoded.Unreadable broken -> {
        unreadable(recording, file.number(), broken);
        yield Optional.empty();
      }
    };
  }

  private void unreadable(Recording recording, long line, Decoded.Unreadable broken) {
    unreadable++;
    listener.unreadable(recording.name(), line, broken.cause(), broken.detail());
  }

  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
