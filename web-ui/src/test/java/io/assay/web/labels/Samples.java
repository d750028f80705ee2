package io.assay.web.labels;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.Violation.Corrected;
import io.assay.assertion.Violation.FrozenEvent;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.media.MediaFiles;
import io.assay.web.violations.KeySight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Samples of a street camera and of loans, small enough to be read. */
final class Samples {
  static final String HASH = "a1b2c3";
  private static final long START = 1_800_000_000_000_000_000L;
  private static final long STEP = 200_000_000L;

  private static final String RULES =
      """
      stream camera from topic "camera" {
        key    vehicle string
        time   at      timestamp(millis)
        media  image
        size   200 x 100
        driver string? private
        boxes  list {
          label string
          id    string
          score ratio
          area  rect
        }
      }
      stream loans from topic "loans" {
        key    applicant string
        time   at        timestamp(millis)
        income double?   private
        grade  string
      }
      assertion slow on camera {
        expect size(boxes) < 10
      }
      """;

  private Samples() {}

  static StreamType stream(String name) {
    var source = new SourceFile("samples.assay", RULES);
    return new RuleCompiler()
        .compile(List.of(source)).rules().orElseThrow().stream(name).orElseThrow();
  }

  /** With the right to private fields. */
  static ExportView everything() {
    return new ExportView(
        new KeySight(true, Set.of()),
        stream -> Visible.everything(),
        (stream, reference) -> Optional.of(new MediaFiles.Size(200, 100)),
        reference -> "https://assay.example/m/" + reference);
  }

  /** Without it. */
  static ExportView withoutPrivate() {
    ExportView all = everything();
    return new ExportView(
        new KeySight(false, Set.of("camera")),
        stream -> Visible.withoutPrivate(Optional.of(stream(stream))),
        all.imageSize(),
        all.address());
  }

  static ExportSample seen(LabelledSample sample) {
    return ExportSample.of(sample, everything());
  }

  /** A car that is missing in the second of three frames; a person stays. */
  static LabelledSample flicker(Verdict verdict, Decision decision, LabelScope scope) {
    return flicker("frames/%d.png", verdict, decision, scope);
  }

  /** {@code media}: the reference, with the number of the frame, from 1. */
  static LabelledSample flicker(
      String media, Verdict verdict, Decision decision, LabelScope scope) {
    String person = box("person", "p1", 0.7, "[150,20,60,70]");
    List<FrozenEvent> events =
        List.of(
            frame(media, 1, "before", 0, box("car", "c7", 0.9, "[10,20,40,30]"), person),
            frame(media, 2, "gap", -1, person),
            frame(media, 3, "after", 0, box("car", "c7", 0.8, "[30,20,40,30]"), person));
    FrozenEvent gap = events.get(1);
    String mended = fields(media, 2, box("car", "c7", 0.85, "[20,20,40,30]"), person);
    var proposal = new Corrected(gap.id(), gap.at(), List.of("insert"), mended);
    String moved = fields(media, 2, box("car", "c7", 0.85, "[22,20,40,30]"), person);
    List<Corrected> edited =
        decision == Decision.EDITED
            ? List.of(new Corrected(gap.id(), gap.at(), List.of("insert"), moved))
            : List.of();
    return new LabelledSample(
        violation("camera", "flicker", "c7", "e3", events, List.of(proposal)),
        verdict,
        decision,
        edited,
        scope,
        verdict == Verdict.NONE ? new Weight(0.8, Weight.Source.REVIEWS) : Weight.ofPerson(),
        verdict == Verdict.NONE ? "" : "rita",
        verdict == Verdict.NONE
            ? Optional.empty()
            : Optional.of(Instant.parse("2027-01-16T09:00:00Z")));
  }

  /** A grade that is not what the rule says; the income is private. */
  static LabelledSample loan(Verdict verdict, Decision decision) {
    var event =
        new FrozenEvent("l1", START, "loans", "at", -1, "{\"grade\":\"=A\",\"income\":52000.0}");
    var proposal =
        new Corrected("l1", START, List.of("set"), "{\"grade\":\"B\",\"income\":52000.0}");
    return new LabelledSample(
        violation("loans", "grade", "\u2063a9\u2063", "l1", List.of(event), List.of(proposal)),
        verdict,
        decision,
        List.of(),
        LabelScope.ALL,
        new Weight(0.5, Weight.Source.ESTIMATED),
        "",
        Optional.empty());
  }

  /** A frame with a car and a person, which nothing has flagged. */
  static LabelledSample drawn(Verdict verdict) {
    String fields =
        fields(
            "frames/%d.png",
            9, box("car", "c7", 0.9, "[10,20,40,30]"), box("person", "p1", 0.7, "[150,20,60,70]"));
    String event =
        "{\"id\":\"e9\",\"at\":%d,\"source\":{\"topic\":\"camera\",\"partition\":0,\"offset\":41},\"fields\":%s}"
            .formatted(START, fields);
    return new LabelledSample(
        DrawnEvent.of("default", "random-1", "camera", "car-12", event),
        verdict,
        Decision.NONE,
        List.of(),
        LabelScope.ALL,
        verdict == Verdict.NONE ? Weight.ofNobody() : Weight.ofPerson(),
        verdict == Verdict.NONE ? "" : "rita",
        Optional.empty());
  }

  private static FrozenEvent frame(
      String media, int number, String role, int subject, String... boxes) {
    return new FrozenEvent(
        "e" + number, START + number * STEP, "camera", role, subject, fields(media, number, boxes));
  }

  private static String fields(String media, int number, String... boxes) {
    return "{\"boxes\":[%s],\"driver\":\"Ann\",\"image\":\"%s\"}"
        .formatted(String.join(",", boxes), media.formatted(number));
  }

  private static String box(String label, String id, double score, String area) {
    return "{\"area\":%s,\"id\":\"%s\",\"label\":\"%s\",\"score\":%s}"
        .formatted(area, id, label, score);
  }

  private static Violation violation(
      String stream,
      String assertion,
      String subject,
      String deciding,
      List<FrozenEvent> events,
      List<Corrected> corrections) {
    long to = events.getLast().at();
    return new Violation(
        "v-" + assertion + "-" + deciding,
        "default",
        assertion,
        HASH,
        "",
        stream,
        "car-12",
        subject,
        subject,
        events.getFirst().at(),
        to,
        to,
        deciding,
        2.5,
        Level.WARNING,
        Mode.ACTIVE,
        "\u2063" + subject.replace("\u2063", "") + "\u2063 was gone for 200 ms",
        List.of(),
        events,
        events.stream()
            .map(e -> new Violation.EventReference(e.id(), e.at(), new Coordinates(stream, 0, 7)))
            .toList(),
        Optional.of("v4"),
        "ep-" + assertion,
        corrections,
        false);
  }
}
