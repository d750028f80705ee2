package io.assay.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.imports.FrameClock;
import io.assay.imports.LineIssues;
import io.assay.imports.MotDetections;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events of a project with the rules that judge them, and what the engine alone makes of them.
 *
 * @param events in the order in which they are sent
 */
record Recording(String project, String rules, List<Sent> events) {
  private static final long START = Instant.parse("2015-06-01T10:00:00Z").toEpochMilli();

  Recording {
    events = List.copyOf(events);
  }

  /** An event as it is sent. */
  record Sent(String topic, String key, String json) {}

  /** What must come out: ids, and the sums of the counts by assertion and tally. */
  record Expected(List<String> ids, Map<String, Long> counts) {}

  /** Two simulated cars. */
  static Recording street(Path root) throws IOException {
    List<Sent> events = new ArrayList<>();
    new StreetSimulation(new StreetSettings(11, 2, START, 500, ""))
        .frames()
        .forEachRemaining(
            frame -> {
              frame
                  .camera()
                  .ifPresent(
                      json -> events.add(new Sent("av.camera.predictions", frame.vehicle(), json)));
              frame
                  .lidar()
                  .forEach(
                      scan ->
                          events.add(
                              new Sent("av.lidar.predictions", frame.vehicle(), scan.event())));
            });
    return new Recording("street", Files.readString(root.resolve("examples/street.assay")), events);
  }

  /** All eight sequences at once, each a camera. */
  static Recording mot15(Path root, Path data) throws IOException {
    Map<String, Integer> frames =
        new TreeMap<>(
            Map.of(
                "TUD-Campus", 71,
                "TUD-Stadtmitte", 179,
                "KITTI-13", 340,
                "ADL-Rundle-6", 525,
                "ADL-Rundle-8", 654,
                "ETH-Bahnhof", 1000,
                "ETH-Pedcross2", 837,
                "ETH-Sunnyday", 354));
    List<Sent> events = new ArrayList<>();
    for (Map.Entry<String, Integer> sequence : frames.entrySet()) {
      Path file = data.resolve(sequence.getKey()).resolve("det_frcnn_sort.txt");
      var lines = new StringWriter();
      MotDetections.read(file, sequence.getValue(), new LineIssues())
          .writeEvents(sequence.getKey(), new FrameClock(START, 25), lines);
      lines
          .toString()
          .lines()
          .forEach(json -> events.add(new Sent("mot.detections", sequence.getKey(), json)));
    }
    // What has no mode is a draft, which is not judged live; the mode changes no id.
    String rules =
        Files.readString(root.resolve("examples/mot.assay"))
            .replaceAll("(?m)^( *)explain ", "$1mode active\n$1explain ");
    return new Recording("mot", rules, events);
  }

  CheckedRules checked() {
    return new RuleCompiler()
        .compile(List.of(new SourceFile(project, rules)))
        .rules()
        .orElseThrow()
        .live();
  }

  /** The engine alone, event by event. */
  Expected expected() {
    var tell = new Told();
    for (List<StreamType> group : ConnectedStreams.of(checked())) {
      GroupJudge judge = GroupJudge.of(checked(), group, project);
      Map<String, EventDecoder> decoders = new HashMap<>();
      group.forEach(
          stream -> decoders.put(stream.topic(), EventDecoder.of(stream, judge.reads(stream))));
      Map<String, GroupState> states = new HashMap<>();
      for (Sent sent : events) {
        EventDecoder decoder = decoders.get(sent.topic());
        if (decoder != null) {
          Decoded decoded =
              decoder.decode(
                  sent.json().getBytes(UTF_8),
                  null,
                  new Coordinates(sent.topic(), 0, 0),
                  Long.MAX_VALUE);
          Event event = ((Decoded.Readable) decoded).event();
          judge.judge(states.computeIfAbsent(event.key(), judge::newKey), event, tell);
        }
      }
    }
    return new Expected(tell.ids.stream().sorted().toList(), tell.counts);
  }

  private static final class Told implements Verdicts {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public void violation(Violation violation) {
      ids.add(violation.id());
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      counts.merge(assertion + " " + tally, by, Long::sum);
    }

    @Override
    public void late(Event event, LateReason reason) {
      throw new IllegalStateException("late: " + event);
    }

    @Override
    public void duplicate(Event event) {
      throw new IllegalStateException("twice: " + event);
    }

    @Override
    public void error(String assertion, String message) {
      throw new IllegalStateException(assertion + ": " + message);
    }
  }
}
