package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.system.CsvText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every format against a golden file; {@code -Dassay.golden=write} writes them anew. */
class ExportsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path GOLDEN =
      Path.of(System.getProperty("assay.root", ".."), "web-ui/src/test/resources/labels");
  private static final VideoTiming TIMING = new VideoTiming(25);

  private static final LabelledSample ACCEPTED =
      Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL);

  @Test
  void jsonLines() throws IOException {
    List<ExportSample> samples =
        List.of(Samples.seen(ACCEPTED), Samples.seen(Samples.loan(Verdict.NONE, Decision.NONE)));
    String lines = new String(export(ExportFormat.JSON_LINES, samples), UTF_8);
    assertThat(lines.lines()).hasSize(2);
    golden("samples.jsonl", lines.lines().map(ExportsTest::pretty).toList());
  }

  @Test
  void csvHasNoFormulas() throws IOException {
    List<ExportSample> samples =
        List.of(Samples.seen(ACCEPTED), Samples.seen(Samples.loan(Verdict.NONE, Decision.NONE)));
    golden("samples.csv", List.of(new String(export(ExportFormat.CSV, samples), UTF_8)));
    for (String cell : List.of("=1+1", "+1", "-1", "@a", "\t=1", "\r=1")) {
      assertThat(CsvText.text(cell)).isEqualTo("'" + cell);
    }
    assertThat(CsvText.text("a=1")).isEqualTo("a=1");
  }

  @Test
  void coco() throws IOException {
    golden("coco.json", List.of(json(ExportFormat.COCO, Samples.seen(ACCEPTED))));
  }

  @Test
  void cocoHasNothingThatNobodyKnows() throws IOException {
    for (Verdict verdict : List.of(Verdict.ERROR, Verdict.UNCLEAR)) {
      var out = new ByteArrayOutputStream();
      var unknown = Samples.seen(Samples.flicker(verdict, Decision.REJECTED, LabelScope.ALL));
      Exported exported = ExportFormat.COCO.write(ExportSamples.of(List.of(unknown)), TIMING, out);
      assertThat(exported).isEqualTo(new Exported(0, 0, 1));
    }
  }

  @Test
  void cocoHasAnImageOnceWithTheBestThatIsKnown() throws IOException {
    var proposed = Samples.seen(Samples.flicker(Verdict.NONE, Decision.NONE, LabelScope.ALL));
    var edited = Samples.seen(Samples.flicker(Verdict.ERROR, Decision.EDITED, LabelScope.ALL));
    JsonNode coco = JSON.readTree(export(ExportFormat.COCO, List.of(proposed, edited)));
    assertThat(coco.path("images").size()).isEqualTo(3);
    assertThat(coco.path("annotations").size()).isEqualTo(6);
    assertThat(coco.path("annotations").valueStream())
        .filteredOn(one -> one.path("attributes").path("corrected").asBoolean())
        .singleElement()
        .satisfies(one -> assertThat(one.path("bbox").path(0).asDouble()).isEqualTo(22));
  }

  @Test
  void classesThatWereNotLabelledAreNotInIt() throws IOException {
    var scope = LabelScope.of(Set.of("car"), Set.of());
    ExportSample sample = Samples.seen(Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, scope));
    assertThat(sample.outside()).containsExactly("class person");
    for (ExportFormat format : ExportFormat.values()) {
      if (format != ExportFormat.LABEL_STUDIO) {
        assertThat(new String(export(format, List.of(sample)), UTF_8)).doesNotContain("person");
      }
    }
    JsonNode coco = JSON.readTree(export(ExportFormat.COCO, List.of(sample)));
    assertThat(coco.path("annotations").size()).isEqualTo(3);
  }

  @Test
  void ofASubjectAloneOnlyItsBoxesAreLabels() throws IOException {
    LabelScope subject = LabelScope.read("");
    ExportSample sample = Samples.seen(Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, subject));
    assertThat(sample.outside()).containsExactly("other boxes than the subject");
    JsonNode coco = JSON.readTree(export(ExportFormat.COCO, List.of(sample)));
    assertThat(coco.path("annotations").valueStream())
        .extracting(one -> one.path("attributes").path("track").asString())
        .containsExactly("c7", "c7", "c7");
    assertThat(coco.at("/images/0/not_exhaustive_category_ids").size()).isEqualTo(1);
  }

  @Test
  void anEventDrawnAtRandomIsInAllFormatsWithoutARule() throws IOException {
    ExportSample right = Samples.seen(Samples.drawn(Verdict.NO_ERROR));

    JsonNode line = JSON.readTree(export(ExportFormat.JSON_LINES, List.of(right)));
    assertThat(line.path("assertion").asString()).isEmpty();
    assertThat(line.path("episode").asString()).isEqualTo("random-1");
    assertThat(line.path("prediction").asString()).isEqualTo("e9");
    assertThat(line.has("severity")).isFalse();
    assertThat(line.at("/events/0/offset").asLong()).isEqualTo(41);
    assertThat(line.at("/provenance/standing").asString()).isEqualTo("as_predicted");

    JsonNode coco = JSON.readTree(export(ExportFormat.COCO, List.of(right)));
    assertThat(coco.path("annotations").size()).as("all boxes of the image").isEqualTo(2);
    assertThat(coco.at("/images/0/not_exhaustive_category_ids").size()).isZero();

    String csv = new String(export(ExportFormat.CSV, List.of(right)), UTF_8);
    assertThat(csv).contains("e9,random-1,,,camera,car-12,,");

    JsonNode cvat = JSON.readTree(export(ExportFormat.CVAT, List.of(right)));
    assertThat(cvat.at("/annotations/tracks").size()).isZero();
    assertThat(cvat.at("/annotations/shapes").size()).isEqualTo(2);

    var out = new ByteArrayOutputStream();
    Exported studio =
        ExportFormat.LABEL_STUDIO.write(ExportSamples.of(List.of(right)), TIMING, out);
    assertThat(studio).isEqualTo(new Exported(1, 1, 0));
  }

  @Test
  void anEventInWhichAnErrorIsThatNobodyEditedTeachesNothing() throws IOException {
    for (Verdict verdict : List.of(Verdict.ERROR, Verdict.NONE)) {
      var out = new ByteArrayOutputStream();
      ExportSample unknown = Samples.seen(Samples.drawn(verdict));
      assertThat(ExportFormat.COCO.write(ExportSamples.of(List.of(unknown)), TIMING, out))
          .isEqualTo(new Exported(0, 0, 1));
    }
  }

  @Test
  void scopesAreReadAsReviewersWriteThem() {
    assertThat(LabelScope.read("")).isEqualTo(new LabelScope(true, Set.of(), Set.of()));
    assertThat(LabelScope.read(" all ")).isEqualTo(LabelScope.ALL);
    assertThat(LabelScope.read("car, van field:speed"))
        .isEqualTo(LabelScope.of(Set.of("car", "van"), Set.of("speed")));
  }

  @Test
  void eventsAreReadAsReviewersEditThem() {
    var flagged = Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL).flagged();
    for (String text :
        List.of("{\"e2\":{\"a\":1}}", "[{\"id\":\"e2\",\"fields\":{\"a\":1}}]", "{\"a\":1}")) {
      assertThat(EditedEvents.read(text, flagged))
          .as(text)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.id()).isEqualTo("e2");
                assertThat(one.fields()).isEqualTo("{\"a\":1}");
              });
    }
    assertThat(EditedEvents.read("[{\"id\":\"e9\",\"fields\":{}}]", flagged)).isEmpty();
    assertThat(EditedEvents.read("no JSON", flagged)).isEmpty();
  }

  @Test
  void fieldsThatWereNotLabelledAreNotInIt() {
    var loan = Samples.loan(Verdict.ERROR, Decision.ACCEPTED);
    var narrow =
        new LabelledSample(
            loan.flagged(),
            loan.verdict(),
            loan.decision(),
            loan.edited(),
            LabelScope.of(Set.of(), Set.of("grade")),
            Weight.ofPerson(),
            "rita",
            loan.decidedAt());
    ExportSample sample = Samples.seen(narrow);
    assertThat(sample.outside()).containsExactly("field income");
    assertThat(sample.scenes().getFirst().fields()).hasToString("{\"grade\":\"B\"}");
  }

  @Test
  void whatIsPrivateIsInNoFormat() throws IOException {
    List<ExportSample> samples =
        List.of(
            ExportSample.of(ACCEPTED, Samples.withoutPrivate()),
            ExportSample.of(Samples.loan(Verdict.NONE, Decision.NONE), Samples.withoutPrivate()));
    for (ExportFormat format : ExportFormat.values()) {
      byte[] bytes = export(format, samples);
      String text =
          format == ExportFormat.LABEL_STUDIO ? unzipped(bytes) : new String(bytes, UTF_8);
      assertThat(text).as(format.word()).doesNotContain("Ann", "52000", "a9");
    }
    // A stream that nobody knows has no public fields.
    ExportView view = Samples.everything();
    var unknown =
        new ExportView(
            Samples.withoutPrivate().keys(),
            stream -> Visible.withoutPrivate(java.util.Optional.empty()),
            view.imageSize(),
            view.address());
    assertThat(ExportSample.of(ACCEPTED, unknown).scenes())
        .allSatisfy(scene -> assertThat(scene.fields().isEmpty()).isTrue());
  }

  @Test
  void cvat() throws IOException {
    golden(
        "cvat.json",
        List.of(
            json(
                ExportFormat.CVAT,
                Samples.seen(Samples.flicker(Verdict.ERROR, Decision.NONE, LabelScope.ALL)))));
  }

  @Test
  void cvatSaysThatWhatIsAbsentIsOutside() throws IOException {
    var rejected = Samples.seen(Samples.flicker(Verdict.ERROR, Decision.REJECTED, LabelScope.ALL));
    JsonNode cvat = JSON.readTree(export(ExportFormat.CVAT, List.of(rejected, rejected)));
    JsonNode car = cvat.path("annotations").path("tracks").path(0);
    assertThat(car.path("shapes").valueStream())
        .extracting(shape -> shape.path("frame").asInt() + " " + shape.path("outside").asBoolean())
        .containsExactly("0 false", "1 true", "2 false", "3 true");
  }

  static byte[] export(ExportFormat format, List<ExportSample> samples) throws IOException {
    var out = new ByteArrayOutputStream();
    format.write(ExportSamples.of(samples), TIMING, out);
    return out.toByteArray();
  }

  static String unzipped(byte[] bytes) throws IOException {
    var text = new StringBuilder();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        text.append("== ").append(entry.getName()).append('\n');
        String content = new String(zip.readAllBytes(), UTF_8);
        text.append(entry.getName().endsWith(".json") ? pretty(content) : content).append('\n');
      }
    }
    return text.toString();
  }

  private static String json(ExportFormat format, ExportSample sample) throws IOException {
    return pretty(new String(export(format, List.of(sample)), UTF_8));
  }

  static String pretty(String json) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
  }

  static void golden(String name, List<String> parts) throws IOException {
    String text = String.join("\n", parts).replace("\r\n", "\n").stripTrailing() + "\n";
    Path file = GOLDEN.resolve(name);
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(file, text);
    }
    assertThat(text)
        .as("%s; -Dassay.golden=write shows what comes", name)
        .isEqualTo(Files.readString(file));
  }
}
