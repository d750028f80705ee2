package io.assay.web.sink;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.KeyState;
import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.simulate.StreetFrame;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import io.assay.stream.contract.CountRecord.InSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A simulated street, judged by the real engine with the project's own rules, and put into the
 * tables by the sink's own statements: what pages show in tests is what they show to users.
 */
public final class JudgedStreet {
  private static final Pattern IMAGE = Pattern.compile("frames/[^\"]+png");

  private final String project;
  private final Map<String, StreetFrame> frames = new HashMap<>();
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Map<Rows.CountKey, Map<Tally, Long>> tallies = new HashMap<>();
  private final Map<Rows.CountKey, Map<InSlice, Map<Tally, Long>>> sliced = new HashMap<>();
  private final List<String> slices = new ArrayList<>();

  private JudgedStreet(String project) {
    this.project = project;
  }

  /** What the camera told, in order. */
  public List<byte[]> payloads() {
    return payloads;
  }

  /** Drives for so many frames, 10 a second, from a start on, and judges what the camera tells. */
  public static JudgedStreet drive(String project, long seed, Instant start, int frames) {
    var street = new JudgedStreet(project);
    CheckedRules rules = rules().live();
    StreamType camera = rules.stream("camera").orElseThrow();
    rules.declared(camera).orElseThrow().counted().forEach(one -> street.slices.add(one.name()));
    StreamJudge judge = StreamJudge.of(rules, camera, project);
    EventDecoder decoder = EventDecoder.of(camera, judge.reads());
    Map<String, KeyState> states = new HashMap<>();
    Verdicts out = street.verdicts(camera.name());
    var simulation =
        new StreetSimulation(new StreetSettings(seed, 2, start.toEpochMilli(), frames, "frames/"))
            .frames();
    long offset = 0;
    while (simulation.hasNext()) {
      StreetFrame frame = simulation.next();
      if (frame.camera().isEmpty()) {
        continue;
      }
      byte[] payload = frame.camera().get().getBytes(StandardCharsets.UTF_8);
      var source = new Coordinates(camera.topic(), 0, offset++);
      if (decoder.decode(payload, null, source, frame.at() * 1_000_000)
          instanceof Decoded.Readable(Event event)) {
        street.payloads.add(payload);
        street.frames.put("frames/" + frame.image(), frame);
        judge.judge(states.computeIfAbsent(event.key(), judge::newKey), event, out);
      }
    }
    return street;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** Writes rows, roll-ups and counts, and moves an offset on as the sink does. */
  public void store(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    var rows = new Rows();
    for (Violation violation : violations) {
      rows.add(
          new Rows.Found(
              violation,
              new String(ViolationJson.write(violation), StandardCharsets.UTF_8),
              "live",
              0,
              0,
              null));
    }
    tallies.keySet().forEach(key -> rows.add(key, count(key)));
    new DayPartitions().ensure(connection, rows.days());
    new ViolationTable(EvidenceBounds.USUAL).write(connection, rows.violations());
    JudgedTables.write(connection, rows.counts());
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into sink_offset (consumer, topic, partition, next_offset)
          values ('street', 'assay.violations', 0, 1)
          on conflict (consumer, topic, partition)
          do update set next_offset = sink_offset.next_offset + 1\
          """);
    }
    connection.commit();
  }

  /** Draws the frames that are evidence of the newest violations, below a folder of media. */
  public void draw(Path media, int most) {
    for (Violation violation : violations.reversed().stream().limit(most).toList()) {
      for (Violation.FrozenEvent event : violation.events()) {
        var reference = IMAGE.matcher(event.fields());
        if (reference.find()) {
          draw(
              Objects.requireNonNull(frames.get(reference.group())),
              media.resolve(reference.group()));
        }
      }
    }
  }

  private static void draw(StreetFrame frame, Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.write(file, frame.png());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static CheckedRules rules() {
    Path file = Path.of(System.getProperty("assay.root", "..")).resolve("examples/street.assay");
    try {
      var source = new SourceFile("street.assay", Files.readString(file));
      return new RuleCompiler().compile(List.of(source)).rules().orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Rows.Count count(Rows.CountKey key) {
    Map<Tally, Long> of = tallies.getOrDefault(key, Map.of());
    return new Rows.Count(
        1,
        of.getOrDefault(Tally.SEEN, 0L),
        of.getOrDefault(Tally.PASSED, 0L),
        of.getOrDefault(Tally.JUDGED, 0L),
        of.getOrDefault(Tally.HELD, 0L),
        of.getOrDefault(Tally.VIOLATED, 0L),
        of.getOrDefault(Tally.UNDECIDED, 0L),
        of.getOrDefault(Tally.LATE, 0L),
        parts(sliced.getOrDefault(key, Map.of())));
  }

  /** A slice and its value; a record without figures stands for it. */
  private static InSlice part(String slice, SliceValue value) {
    return new InSlice(slice, value, 0, 0, 0);
  }

  private static List<InSlice> parts(Map<InSlice, Map<Tally, Long>> counted) {
    return counted.entrySet().stream()
        .map(
            one ->
                new InSlice(
                    one.getKey().slice(),
                    one.getKey().value(),
                    one.getValue().getOrDefault(Tally.JUDGED, 0L),
                    one.getValue().getOrDefault(Tally.VIOLATED, 0L),
                    one.getValue().getOrDefault(Tally.UNDECIDED, 0L)))
        .toList();
  }

  private Verdicts verdicts(String stream) {
    return new Verdicts() {
      @Override
      public void violation(Violation violation) {
        violations.add(violation);
      }

      @Override
      public void count(String assertion, String expectation, Tally tally, long minute, long by) {
        var key =
            new Rows.CountKey(
                project, assertion, expectation, stream, Instant.ofEpochSecond(minute * 60), 0);
        tallies
            .computeIfAbsent(key, unknown -> new EnumMap<>(Tally.class))
            .merge(tally, by, Long::sum);
      }

      @Override
      public void count(
          String assertion, String expectation, Tally tally, long minute, long by, int all) {
        count(assertion, expectation, tally, minute, by);
        var key =
            new Rows.CountKey(
                project, assertion, expectation, stream, Instant.ofEpochSecond(minute * 60), 0);
        for (int i = 0; i < slices.size(); i++) {
          sliced
              .computeIfAbsent(key, unknown -> new HashMap<>())
              .computeIfAbsent(
                  part(slices.get(i), SliceValue.at(all, i)), any -> new EnumMap<>(Tally.class))
              .merge(tally, by, Long::sum);
        }
      }

      @Override
      public void late(Event event, LateReason reason) {
        throw new IllegalStateException("the street is never late, got " + reason);
      }

      @Override
      public void duplicate(Event event) {
        throw new IllegalStateException("the street repeats nothing");
      }

      @Override
      public void error(String assertion, String message) {
        throw new IllegalStateException(assertion + ": " + message);
      }
    };
  }
}
