package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three tools' files of the same labels: one thing forgotten for a frame, one renamed. */
class JudgeLabelsCommandTest {
  private static final String STREAM =
      """
      stream camera from topic "camera" {
        id     frame_key string
        key    video     string
        time   at        timestamp(seconds) from meta.at
        size   200 x 100
        frame            int
        detections       list {
          track          string from id
          kind           enum("car", "bus")
          score          ratio
          area           rect = xyxy(box)
        } from out.boxes
      }
      """;

  private static final String ON_LABELS =
      """
      assertion forgotten on labels {
        each       b in detections
        identity   b.track
        absent     less than 3 events
        explain    "{b.kind} was forgotten for {gap}"
      }
      """;

  private static final String ON_CAMERA =
      """
      assertion known on camera {
        each       b in detections
        expect     b.area.width >= 5px
      }
      assertion renamed on camera {
        each       b in detections
        identity   overlap(b.area) >= 0.3
        consistent b.kind within 10s
      }
      assertion alone on camera {
        join rear within 50ms
        expect size(camera.detections) == size(rear.detections)
      }
      stream rear from topic "rear" {
        key    video     string
        time   at        timestamp(millis)
        detections       list { kind string }
      }
      """;

  private static final String CVAT =
      """
      {"labels": [{"id": 1, "name": "car"}, {"id": 2, "name": "bus"}],
       "shapes": [
         {"type": "rectangle", "frame": 0, "label_id": 1, "points": [100, 0, 140, 40]},
         {"type": "rectangle", "frame": 1, "label_id": 1, "points": [100, 0, 140, 40]},
         {"type": "rectangle", "frame": 2, "label_id": 2, "points": [100, 0, 140, 40]}],
       "tracks": [{"id": 0, "label_id": 1, "shapes": [
         {"type": "rectangle", "frame": 0, "points": [0, 0, 40, 40], "outside": false},
         {"type": "rectangle", "frame": 1, "points": [0, 0, 40, 40], "outside": true},
         {"type": "rectangle", "frame": 2, "points": [0, 0, 40, 40], "outside": false}]}]}
      """;

  private static final String COCO =
      """
      {"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "2.jpg"},
                  {"id": 3, "file_name": "3.jpg"}],
       "categories": [{"id": 1, "name": "car"}],
       "annotations": [
         {"image_id": 1, "category_id": 1, "bbox": [0, 0, 40, 40], "track_id": "a"},
         {"image_id": 3, "category_id": 1, "bbox": [0, 0, 40, 40], "track_id": "a"}]}
      """;

  private static final String LABEL_STUDIO =
      """
      [{"id": 1, "data": {"video": "v.mp4"}, "annotations": [{"result": [
        {"id": "t", "type": "videorectangle", "value": {"framesCount": 3, "labels": ["car"],
         "sequence": [
           {"frame": 1, "x": 0, "y": 0, "width": 20, "height": 40, "enabled": false},
           {"frame": 3, "x": 0, "y": 0, "width": 20, "height": 40, "enabled": true}]}}]}]}]
      """;

  @TempDir Path folder;
  private String rules = "";

  @BeforeEach
  void rules() throws IOException {
    rules = write("rules.assay", STREAM + ON_LABELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {CVAT, COCO, LABEL_STUDIO})
  void findsWhatWasForgotten(String labels) throws IOException {
    String file = write("day.json", labels);

    CommandLineRun run = CommandLineRun.of("judge-labels", rules, file, "--fps", "20");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("3 events of 1 key judged by 2 assertions")
        .contains("car was forgotten for 100ms")
        .contains(labels.equals(LABEL_STUDIO) ? "  v.mp4  " : "  day  ");
  }

  @Test
  void theStatusIsABacktests() throws IOException {
    String file = write("day.json", CVAT);

    assertThat(CommandLineRun.of("judge-labels", rules, file, "--fail-on-violation").status())
        .isEqualTo(1);
    CommandLineRun json =
        CommandLineRun.of("judge-labels", rules, file, "--format", "json", "--key", "left");
    Schemas.assertValid("backtest.schema.json", json.out());
    assertThat(json.out()).contains("\"key\":\"left\"");
  }

  /** Nobody gives a score: that breaks no schema. */
  @Test
  void labelsAreJudgedAsIfAModelHadSaidThem() throws IOException {
    String both = write("both.assay", STREAM + ON_CAMERA);
    String file = write("day.json", CVAT);

    CommandLineRun run = CommandLineRun.of("judge-labels", both, file, "--as", "camera");

    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("left out, since they need more than labels: alone");
    assertThat(run.out())
        .startsWith("3 events of 1 key judged by 3 assertions")
        .containsPattern("known +0 +5 +0 ")
        .containsPattern("renamed +1 ")
        .containsPattern("schema +0 +3 ");
  }

  @Test
  void whatCannotBeJudgedIsSaid() throws IOException {
    String camera = write("camera.assay", STREAM + ON_CAMERA);
    String file = write("day.json", CVAT);
    String broken = write("broken.json", "{\"images\": [{}], \"annotations\": []}");

    CommandLineRun none = CommandLineRun.of("judge-labels", camera, file);
    CommandLineRun unknown = CommandLineRun.of("judge-labels", camera, file, "--as", "front");
    CommandLineRun boxless = CommandLineRun.of("judge-labels", camera, file, "--as", "rear");
    CommandLineRun unread = CommandLineRun.of("judge-labels", rules, broken);
    CommandLineRun absent = CommandLineRun.of("judge-labels", rules, file + ".not");

    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("no assertion is 'on labels'; --as STREAM");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(boxless.status()).isEqualTo(3);
    assertThat(boxless.err()).contains("boxes need a list with a rect; 'rear' has none");
    assertThat(unread.status()).isEqualTo(3);
    assertThat(unread.err())
        .contains("broken.json: an image: needed an id, got {}", "the file has problems: 1");
    assertThat(absent.status()).isEqualTo(3);
    assertThat(absent.err()).contains("day.json.not");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
