package io.assay.web.labels;

import static io.assay.web.system.CsvText.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.web.system.CsvText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One event of a sample a row, for spreadsheets. */
final class CsvExport {
  private static final List<String> HEAD =
      List.of(
          "prediction",
          "episode",
          "violation",
          "assertion",
          "stream",
          "key",
          "subject",
          "from",
          "to",
          "severity",
          "verdict",
          "decision",
          "standing",
          "weight",
          "weight_source",
          "reviewer",
          "decided_at",
          "judgement_hash",
          "model_version",
          "scope_classes",
          "scope_fields",
          "event",
          "event_at",
          "role",
          "media",
          "predicted",
          "corrected");

  private CsvExport() {}

  static Exported write(ExportSamples samples, OutputStream out) throws IOException {
    line(out, HEAD);
    var written = new AtomicInteger();
    var rows = new AtomicInteger();
    samples.each(
        sample -> {
          rows.addAndGet(rows(sample, out));
          written.incrementAndGet();
        });
    return new Exported(written.get(), rows.get(), 0);
  }

  /** Returns how many it has. */
  private static int rows(ExportSample sample, OutputStream out) throws IOException {
    List<String> common = common(sample);
    if (sample.scenes().isEmpty()) {
      line(out, concat(common, List.of("", "", "", "", "", "")));
      return 1;
    }
    for (Scene scene : sample.scenes()) {
      line(out, concat(common, ofScene(scene)));
    }
    return sample.scenes().size();
  }

  private static List<String> common(ExportSample sample) {
    LabelledSample source = sample.source();
    Violation flagged = source.flagged();
    return List.of(
        text(source.prediction()),
        text(flagged.episode()),
        text(flagged.id()),
        text(flagged.assertion()),
        text(flagged.stream()),
        text(sample.key()),
        text(sample.subject()),
        time(flagged.from()),
        time(flagged.to()),
        source.isDrawn() ? "" : Double.toString(flagged.severity()),
        source.verdict().word(),
        source.decision().word(),
        source.standing().name().toLowerCase(Locale.ROOT),
        Double.toString(source.weight().value()),
        source.weight().source().word(),
        text(source.reviewer()),
        source.decidedAt().map(Instant::toString).orElse(""),
        text(flagged.judgementHash()),
        text(flagged.modelVersion().orElse("")),
        source.scope().subjectOnly()
            ? "(subject)"
            : text(String.join(" ", source.scope().sortedClasses())),
        text(String.join(" ", source.scope().sortedFields())));
  }

  private static List<String> ofScene(Scene scene) {
    boolean same = scene.fields().equals(scene.predicted());
    return List.of(
        text(scene.event()),
        time(scene.at()),
        text(scene.role()),
        text(scene.address().orElse("")),
        text(scene.predicted().toString()),
        same ? "" : text(scene.fields().toString()));
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static void line(OutputStream out, List<String> cells) throws IOException {
    out.write(CsvText.row(cells).getBytes(UTF_8));
  }
}
