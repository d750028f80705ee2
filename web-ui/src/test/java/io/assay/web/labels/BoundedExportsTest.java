package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an export holds at once does not grow with the number of samples. */
class BoundedExportsTest {
  private static final VideoTiming TIMING = new VideoTiming(25);
  private static final int MANY = 6_000;

  @TempDir private Path folder;

  /** Makes samples anew at each reading, and watches how many of them somebody holds. */
  private static final class Watched implements ExportSamples {
    private final int many;
    private final List<WeakReference<ExportSample>> given = new ArrayList<>();
    private long most;
    private int readings;

    Watched(int many) {
      this.many = many;
    }

    @Override
    public void each(Taker taker) throws IOException {
      readings++;
      for (int i = 0; i < many; i++) {
        ExportSample sample = sample(i);
        given.add(new WeakReference<>(sample));
        taker.take(sample);
        if (i % 2_000 == 1_999) {
          sample = sample(0);
          look();
        }
      }
    }

    private void look() {
      System.gc();
      given.removeIf(one -> one.refersTo(null));
      most = Math.max(most, given.size());
    }
  }

  /** Two of three samples are of an image of their own. */
  private static ExportSample sample(int number) {
    LabelledSample one =
        Samples.flicker(
            "frames/%d.png",
            number % 5 == 0 ? Verdict.NONE : Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL);
    Violation flagged = one.flagged();
    long at = (number / 3 * 2 + Math.min(1, number % 3)) * 1_000_000_000L;
    List<Violation.FrozenEvent> events = new ArrayList<>();
    for (Violation.FrozenEvent event : flagged.events()) {
      events.add(
          new Violation.FrozenEvent(
              event.id() + "-" + at,
              event.at() + at,
              event.stream(),
              event.role(),
              event.subjectIndex(),
              event.fields()));
    }
    var moved =
        new Violation(
            "v" + number,
            flagged.project(),
            flagged.assertion(),
            flagged.judgementHash(),
            flagged.expectation(),
            flagged.stream(),
            flagged.key(),
            flagged.subject(),
            flagged.label(),
            flagged.from() + at,
            flagged.to() + at,
            flagged.at() + at,
            flagged.decidingEvent(),
            flagged.severity(),
            flagged.level(),
            flagged.mode(),
            flagged.sentence(),
            flagged.values(),
            events,
            flagged.spanEvents(),
            flagged.modelVersion(),
            flagged.episode(),
            flagged.corrections().stream()
                .map(
                    correction ->
                        new Violation.Corrected(
                            correction.id() + "-" + at,
                            correction.at() + at,
                            correction.actions(),
                            correction.fields()))
                .toList(),
            flagged.truncated());
    return Samples.seen(
        new LabelledSample(
            moved,
            one.verdict(),
            one.decision(),
            one.edited(),
            one.scope(),
            one.weight(),
            one.reviewer(),
            one.decidedAt()));
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void fewSamplesAreHeldAtOnce(ExportFormat format) throws IOException {
    var samples = new Watched(MANY);
    Path file = folder.resolve("export");
    Exported exported;
    try (OutputStream out = Files.newOutputStream(file)) {
      exported = format.write(samples, TIMING, out);
    }
    assertThat(exported.samples() + exported.leftOut()).isEqualTo(MANY);
    assertThat(samples.readings).isEqualTo(format.readings());
    assertThat(samples.most).as("of %d", MANY).isLessThan(200);
    assertThat(Files.size(file)).isGreaterThan(100_000);
  }

  @Test
  void imagesAreInOrderAndEachIsThereOnce() throws IOException {
    Path file = folder.resolve("coco.json");
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportFormat.COCO.write(new Watched(MANY), TIMING, out);
    }
    List<Long> times = new ArrayList<>();
    Set<String> events = new HashSet<>();
    int annotations = 0;
    Set<Integer> ids = new HashSet<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = JsonMapper.shared().createParser(in)) {
      String part = "";
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
          part = parser.currentName();
        } else if (parser.currentToken() == JsonToken.START_OBJECT && part.equals("images")) {
          JsonNode image = parser.readValueAsTree();
          times.add(image.path("at").asLong());
          ids.add(image.path("id").asInt());
          assertThat(events.add(image.path("event").asString())).isTrue();
        } else if (parser.currentToken() == JsonToken.START_OBJECT && part.equals("annotations")) {
          JsonNode box = parser.readValueAsTree();
          assertThat(ids).contains(box.path("image_id").asInt());
          assertThat(box.path("id").asInt()).isEqualTo(++annotations);
        }
      }
    }
    assertThat(times).isSorted().hasSize(3 * MANY / 3 * 2);
    assertThat(annotations).isEqualTo(2 * times.size());
  }

  @Test
  void whatIsSortedOnTheDiskIsSortedAsInMemory() throws IOException {
    var random = new Random(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add(random.nextInt(500) + "/" + i);
    }
    Comparator<String> byFirst = Comparator.comparingInt(BoundedExportsTest::first);
    List<String> sorted = new ArrayList<>();
    try (var spool = new SpoolFolder()) {
      var sort = new SortedSpool<String>(spool, byFirst, line -> line, line -> line);
      for (String line : lines) {
        // A run each hundred lines: more runs than are open at once.
        sort.add(line, 84_000);
      }
      sort.each(sorted::add);
    }
    lines.sort(byFirst);
    assertThat(sorted).isEqualTo(lines);
  }

  private static int first(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf('/')));
  }

  @Test
  void nothingIsLeftOnTheDisk() throws IOException {
    Path file;
    try (var spool = new SpoolFolder()) {
      file = spool.file("run");
      Files.writeString(file, "some");
    }
    assertThat(file.getParent()).doesNotExist();
  }
}
