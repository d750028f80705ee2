package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.KeyState;
import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    for (StreamType stream : rules.streams()) {
      List<Recording> own =
          recordings.stream().filter(r -> r.stream().name().equals(stream.name())).toList();
      if (!own.isEmpty()) {
        backtest.play(stream, own);
      }
    }
    return backtest.verdicts.report(backtest.events, backtest.keys, backtest.unreadable);
  }

  private void play(StreamType stream, List<Recording> recordings) {
    StreamJudge judge = StreamJudge.of(rules, stream, project);
    EventDecoder decoder = EventDecoder.of(stream, judge.reads());
    Map<String, KeyState> states = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      play(recording, judge, decoder, states);
    }
    states.values().forEach(state -> judge.finish(state, verdicts));
    keys += states.size();
    listener.progress(events);
  }

  private void play(
      Recording recording, StreamJudge judge, EventDecoder decoder, Map<String, KeyState> states) {
    var file = new JsonLines(recording.bytes());
    for (byte[] line = file.next(); line != null; line = file.next()) {
      if (++lines % LINES_BETWEEN_PROGRESS == 0) {
        listener.progress(events);
      }
      if (file.tooLong()) {
        String detail = "needed a line of at most " + JsonLines.LONGEST_LINE + " bytes, came more";
        unreadable(recording, file.number(), new Decoded.Unreadable("too-long", detail));
        continue;
      }
      if (isBlank(line)) {
        continue;
      }
      var source = new Coordinates(recording.name(), 0, file.number() - 1);
      switch (decoder.decode(line, null, source, RECEIVED_UNKNOWN)) {
        case Decoded.Readable readable -> {
          events++;
          KeyState state = states.computeIfAbsent(readable.event().key(), judge::newKey);
          judge.judge(state, readable.event(), verdicts);
        }
        case Decoded.Unreadable broken -> unreadable(recording, file.number(), broken);
      }
    }
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
