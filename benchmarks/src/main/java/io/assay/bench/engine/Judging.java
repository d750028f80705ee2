package io.assay.bench.engine;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One rule set, whose streams are all connected, and its judges: as the processors have them. */
final class Judging {
  /** Chosen so that one event in fifty has a violation. */
  private static final int MISTAKE = 100;

  private static final int MISTAKE_OF_TWO = 22;

  private final CheckedRules rules;
  private final GroupJudge judge;
  private final Map<String, EventDecoder> decoders = new HashMap<>();

  Judging(String text) {
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("bench.assay", text)));
    rules =
        compiled.rules().orElseThrow(() -> new IllegalStateException(compiled.issues().toString()));
    judge = GroupJudge.of(rules, rules.streams(), "bench");
    for (StreamType stream : rules.streams()) {
      decoders.put(stream.name(), EventDecoder.of(stream, judge.reads(stream)));
    }
  }

  CheckedRules rules() {
    return rules;
  }

  GroupJudge judge() {
    return judge;
  }

  /** An event and whose it is. */
  record Turn(int key, Event event) {}

  Event decode(String stream, byte[] payload, long offset) {
    Decoded decoded =
        Objects.requireNonNull(decoders.get(stream))
            .decode(payload, null, new Coordinates(stream, 0, offset), Long.MIN_VALUE);
    return switch (decoded) {
      case Decoded.Readable readable -> readable.event();
      case Decoded.Unreadable broken -> throw new IllegalStateException(broken.detail());
    };
  }

  /** Frames of so many keys, in turn; with a LIDAR's where the rules know one. */
  List<Turn> turns(int keys, int frames, int boxes) {
    boolean two = decoders.containsKey("lidar");
    var street = new StreetFrames(11, boxes, two ? MISTAKE_OF_TWO : MISTAKE);
    List<Turn> turns = new ArrayList<>(keys * frames);
    for (int frame = 0; frame < frames; frame++) {
      for (int key = 0; key < keys; key++) {
        byte[] camera = street.frame("v" + key, frame);
        if (!two || StreetFrames.cameraSpeaks(key, frame)) {
          turns.add(new Turn(key, decode("camera", camera, turns.size())));
        }
        if (two) {
          byte[] lidar = street.lidar("v" + key, frame);
          turns.add(new Turn(key, decode("lidar", lidar, turns.size())));
        }
      }
    }
    return turns;
  }

  /** Judges all from fresh states. */
  void round(List<Turn> turns, int keys, Verdicts out) {
    List<GroupState> states = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      states.add(judge.newKey("v" + key));
    }
    var windows = new Windows(rules);
    for (Turn turn : turns) {
      judge
          .judge(states.get(turn.key()), turn.event(), out)
          .ifPresent(taken -> windows.count(taken, out));
    }
    states.forEach(state -> judge.finish(state, out));
    windows.finish(out);
  }

  /** CPU time of this thread for each of the events, in microseconds. */
  double microsAnEvent(List<Turn> turns, int keys, Verdicts out) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    round(turns, keys, out);
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return took / 1000.0 / turns.size();
  }
}
