package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a stream as a whole, whatever the keys of its events: {@code silence over stream}.
 *
 * <p>Needs all events of the stream, about as they arrived; those behind the newest of any key by
 * more than the stream's lateness end no silence. The key of what it finds is empty.
 *
 * <p>Where events reach several tasks, each has its {@link Beats} tell those that matter, and the
 * others {@link #followed counted}; what all tell is {@link #take taken} in one place.
 */
public final class OverStream {
  private static final int VERSION = 2;

  /** Tells the fields of rows by their hash only, and behind the rows. */
  private static final int OF_SAME_FIELDS = 1;

  private final StreamJudge judge;
  private final List<SilenceJudgement> silences;
  private final KeyState state;
  private final StreamType stream;
  private final long lateness;

  private OverStream(StreamJudge judge, StreamType stream) {
    this.judge = judge;
    this.stream = stream;
    this.lateness = stream.latenessNanos();
    this.state = judge.newKey("");
    this.silences =
        assertions(judge.assertions()).stream()
            .map(assertion -> new SilenceJudgement(assertion, silence(assertion)))
            .toList();
  }

  /** Where rules say something over the stream. */
  public static Optional<OverStream> of(CheckedRules rules, StreamType stream, String project) {
    return assertions(rules.on(stream)).isEmpty()
        ? Optional.empty()
        : Optional.of(new OverStream(StreamJudge.overStream(rules, stream, project), stream));
  }

  /** Those of some assertions that are about a stream as a whole. */
  public static List<CheckedAssertion> assertions(List<CheckedAssertion> all) {
    return all.stream().filter(OverStream::judges).toList();
  }

  /** Whether it is about a stream as a whole. */
  static boolean judges(CheckedAssertion assertion) {
    return assertion.kind() instanceof Kind.Silence silence && silence.overStream();
  }

  private static Kind.Silence silence(CheckedAssertion assertion) {
    return (Kind.Silence) assertion.kind();
  }

  public void judge(Event event, Verdicts out) {
    judge.judge(state, event, new Told(out));
  }

  /** The recording is over: judges what waited. Its end is no silence. */
  public void finish(Verdicts out) {
    judge.finish(state, new Told(out));
  }

  /** Of one lane of a task. */
  public Beats newBeats() {
    return new Beats(
        silences.stream().mapToLong(one -> silence(one.assertion()).atMostNanos()).min().orElse(0));
  }

  /** Counts an event that its lane does not tell. */
  public void followed(Event event, Verdicts out) {
    silences.forEach(silence -> silence.followed(event, out));
  }

  /** What is known of the lanes of all tasks, and what was judged of them. */
  public static final class Merged {
    private final Lanes lanes = new Lanes();

    /** Events before which others may come yet, in order. */
    private final List<Event> waiting = new ArrayList<>();

    /** Up to here all is judged. */
    private long clock = Long.MIN_VALUE;

    private KeyState state;

    private Merged(KeyState state) {
      this.state = state;
    }
  }

  public Merged newMerged() {
    return new Merged(judge.newKey(""));
  }

  /** There are no other lanes than so many. */
  public void expectOnly(Merged merged, int lanes, long received) {
    merged.lanes.expectOnly(lanes, received);
  }

  /**
   * Takes what a lane tells, and judges as far as all lanes have come.
   *
   * @param told events, in any order
   * @param reached event time of the lane's newest event; the least there is before the first
   * @param received up to which arrivals the lane has been read, nanoseconds since the epoch
   * @param slack how much longer than a rule allows nothing must have been read before that alone
   *     decides, nanoseconds
   */
  public void take(
      Merged merged,
      int lane,
      List<Event> told,
      long reached,
      long received,
      long slack,
      Verdicts out) {
    Told heard = new Told(out);
    told.forEach(event -> await(merged, event, heard));
    merged.lanes.hear(lane, reached, received, !told.isEmpty());
    long now = merged.lanes.least(one -> eventTime(one, slack));
    if (now != Long.MAX_VALUE && now != Long.MIN_VALUE) {
      advance(merged, now, heard);
    }
  }

  private void await(Merged merged, Event event, Verdicts out) {
    if (event.at() < merged.clock) {
      judge.late(event, Verdicts.LateReason.LATE, out);
    } else {
      judge.codec().insert(merged.waiting, event);
    }
  }

  private void advance(Merged merged, long now, Verdicts out) {
    long until = now - lateness;
    int judged = 0;
    while (judged < merged.waiting.size() && merged.waiting.get(judged).at() <= until) {
      judge.judgeNext(merged.state, merged.waiting.get(judged++), out);
    }
    merged.waiting.subList(0, judged).clear();
    merged.clock = Math.max(merged.clock, until);
    judge.tick(merged.state, now, out);
  }

  /** A lane that is read on without events has come as far as time has passed since its last. */
  private static long eventTime(Lanes.Heard lane, long slack) {
    long passed = lane.silent() - slack;
    if (!lane.hasSpoken()) {
      return passed > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return lane.clock() + Math.max(0, passed);
  }

  /** As bytes, versioned. */
  public byte[] snapshot(Merged merged) {
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    out.writeBytes(judge.shapes().bytes());
    out.writeFixed(judge.shapes().hash());
    merged.lanes.write(out);
    out.writeFixed(merged.clock);
    out.writeUnsigned(merged.waiting.size());
    for (Event event : merged.waiting) {
      out.writeText(event.key());
      StateCodec.writeEvent(event, out);
    }
    out.writeBytes(judge.snapshot(merged.state));
    return out.toBytes();
  }

  /**
   * Reads {@link #snapshot}.
   *
   * @throws IllegalArgumentException where the bytes are none
   */
  public Merged restore(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = in.readByte();
    if (version < OF_SAME_FIELDS || version > VERSION) {
      throw new IllegalArgumentException(
          "what is judged over a stream needs version %d or older, got %d"
              .formatted(VERSION, version));
    }
    RowShape rows = version > OF_SAME_FIELDS ? readShape(in) : judge.shapes().now();
    Merged merged = newMerged();
    merged.lanes.read(in);
    merged.clock = in.readFixed();
    int waiting = in.readCount();
    for (int i = 0; i < waiting; i++) {
      merged.waiting.add(StateCodec.readEvent(stream, rows, in.readText(), in));
    }
    merged.state = judge.restore("", in.readBytes());
    if (merged.state.cut) {
      throw in.broken("the fields of stream '" + stream.name() + "'");
    }
    return merged;
  }

  private RowShape readShape(StateReader in) {
    judge.shapes().learn(in.readBytes());
    RowShape rows = judge.shapes().of(in.readFixed());
    if (rows == null) {
      throw in.broken("the fields of stream '" + stream.name() + "'");
    }
    return rows;
  }

  /** Events that are late or repeated are told by their own key. */
  private record Told(Verdicts out) implements Verdicts {
    @Override
    public void violation(Violation violation) {
      out.violation(violation);
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      out.count(assertion, expectation, tally, minute, by);
    }

    @Override
    public void speaks(String assertion, String key, long at) {
      out.speaks(assertion, key, at);
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      out.undecided(assertion, expectation, at, reason);
    }

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {
      out.error(assertion, message);
    }
  }
}
