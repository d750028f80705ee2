package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tasks of Label Studio: against golden files, and against what Label Studio itself would take. */
class LabelStudioTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void imagesWithBoxes() throws IOException {
    ExportsTest.golden(
        "label-studio-image.txt",
        List.of(exported(Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL))));
  }

  @Test
  void videosWithAKeyFrameForEveryFrame() throws IOException {
    ExportsTest.golden("label-studio-video.txt", List.of(exported(video(Decision.ACCEPTED))));
  }

  @Test
  void tables() throws IOException {
    ExportsTest.golden(
        "label-studio-table.txt", List.of(exported(Samples.loan(Verdict.ERROR, Decision.NONE))));
  }

  @Test
  void anAbsenceEndsTheRegionInAVideo() {
    JsonNode car = tasks(video(Decision.REJECTED)).getFirst().at("/predictions/0/result/1/value");
    assertThat(car.path("labels").path(0).asString()).isEqualTo("car");
    assertThat(car.path("sequence").valueStream())
        .extracting(key -> key.path("frame").asInt() + " " + key.path("enabled").asBoolean())
        .containsExactly("1 false", "11 false");
  }

  @Test
  void aTaskIsOfTheRichestMediumThatThereIs() {
    var table = Samples.seen(Samples.loan(Verdict.NONE, Decision.NONE));
    var image = Samples.seen(Samples.flicker(Verdict.NONE, Decision.NONE, LabelScope.ALL));
    var video = Samples.seen(video(Decision.NONE));
    assertThat(medium(List.of(table))).isEqualTo(Medium.TABLE);
    assertThat(medium(List.of(table, image))).isEqualTo(Medium.IMAGE);
    assertThat(medium(List.of(image, video))).isEqualTo(Medium.VIDEO);
  }

  @Test
  void framesAreToldByTheReferenceOrByTheTime() {
    var timing = new VideoTiming(25);
    assertThat(frames(timing, "clip.mp4")).containsExactly(1, 6, 11);
    assertThat(frames(timing, "clip.mp4#frame=%d")).containsExactly(1, 2, 3);
    assertThat(frames(timing, "clip.mp4#t=%d.5")).containsExactly(39, 64, 89);
  }

  @Test
  void batchesKeepBothLimits() throws IOException {
    assertThat(batches(3, 1000, 7, 10)).containsExactly(3, 3, 1);
    // Two, the comma between them, and two brackets.
    int one = JSON.writeValueAsString(task(10)).length();
    assertThat(batches(100, 2 * one + 3, 5, 10)).containsExactly(2, 2, 1);
    assertThat(batches(100, 2 * one + 2, 3, 10)).containsExactly(1, 1, 1);
    assertThatThrownBy(() -> batches(100, one + 1, 1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a task needs at most");
    assertThat(batches(100, 1000, 0, 10)).isEmpty();
  }

  @Test
  void classesAreEscapedInTheConfiguration() {
    String xml =
        LabelStudioConfig.xml(
            Medium.IMAGE, List.of("a\"<b>&\t\r\n\0\uFFFE", ""), new VideoTiming(29.97));
    assertThat(xml)
        .contains(
            "<Label value=\"a&quot;&lt;b&gt;&amp;&#9;&#13;&#10;\uFFFD\uFFFD\"/>",
            "<Label value=\"object\"/>");
  }

  private static LabelledSample video(Decision decision) {
    return Samples.flicker("clip.mp4", Verdict.ERROR, decision, LabelScope.ALL);
  }

  private static String exported(LabelledSample sample) throws IOException {
    return ExportsTest.unzipped(
        ExportsTest.export(ExportFormat.LABEL_STUDIO, List.of(Samples.seen(sample))));
  }

  private static List<ObjectNode> tasks(LabelledSample sample) {
    ExportSample seen = Samples.seen(sample);
    List<ObjectNode> tasks = new ArrayList<>();
    new LabelStudioTasks(medium(List.of(seen)), new VideoTiming(25)).tasks(seen, tasks::add);
    return tasks;
  }

  private static List<Integer> frames(VideoTiming timing, String media) {
    List<Scene> scenes =
        Samples.seen(Samples.flicker(media, Verdict.NONE, Decision.NONE, LabelScope.ALL)).scenes();
    return scenes.stream().map(scene -> timing.frame(scene, scenes.getFirst().at())).toList();
  }

  private static List<Integer> batches(int mostTasks, int mostBytes, int tasks, int length)
      throws IOException {
    List<Integer> sizes = new ArrayList<>();
    var batches =
        new TaskBatches(
            mostTasks,
            mostBytes,
            (number, json) -> {
              assertThat(json.length).isLessThanOrEqualTo(mostBytes);
              sizes.add(JSON.readTree(new String(json, UTF_8)).size());
            });
    for (int i = 0; i < tasks; i++) {
      batches.add(task(length));
    }
    assertThat(batches.close()).isEqualTo(sizes.size());
    return sizes;
  }

  private static ObjectNode task(int length) {
    ObjectNode task = JSON.createObjectNode();
    task.putObject("data").put("event", "x".repeat(length));
    return task;
  }

  private static Medium medium(List<ExportSample> samples) {
    Medium found = Medium.TABLE;
    for (ExportSample sample : samples) {
      found = found.orRicher(sample);
    }
    return found;
  }
}
