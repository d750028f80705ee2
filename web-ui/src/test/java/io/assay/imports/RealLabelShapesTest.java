package io.assay.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that exports of CVAT and Label Studio have, member by member, with labels of our own. */
class RealLabelShapesTest {
  /** As {@code GET /api/tasks/N/annotations} answers, with the labels and frames put beside it. */
  private static final String CVAT_SERVER =
      """
      {"version": 0,
       "labels": {"count": 1, "next": null, "previous": null, "results": [
         {"id": 7, "name": "car", "color": "#2080c0", "type": "any", "sublabels": [], "parent": null,
          "attributes": [
            {"id": 4, "name": "brand", "mutable": false, "input_type": "text", "default_value": "", "values": []},
            {"id": 5, "name": "braking", "mutable": true, "input_type": "checkbox", "default_value": "false",
             "values": ["false"]}]}]},
       "tags": [{"id": 1, "frame": 2, "label_id": 7, "group": 0, "source": "manual", "attributes": []}],
       "shapes": [
         {"id": 30, "type": "rectangle", "frame": 1, "label_id": 7, "group": 0, "source": "manual", "score": 1.0,
          "occluded": true, "outside": false, "z_order": 0, "rotation": 90.0, "points": [10.0, 20.0, 50.0, 30.0],
          "attributes": [{"spec_id": 4, "value": "volvo"}], "elements": []},
         {"id": 31, "type": "skeleton", "frame": 1, "label_id": 7, "group": 0, "source": "manual", "score": 1.0,
          "occluded": false, "outside": false, "z_order": 0, "rotation": 0.0, "points": [], "attributes": [],
          "elements": [{"id": 32, "type": "points", "frame": 1, "label_id": 8, "group": 0, "source": "manual",
            "occluded": false, "outside": false, "z_order": 0, "rotation": 0.0, "points": [1.0, 2.0],
            "attributes": []}]}],
       "tracks": [
         {"id": 9, "frame": 0, "label_id": 7, "group": 0, "source": "manual", "elements": [],
          "attributes": [{"spec_id": 4, "value": "saab"}],
          "shapes": [
            {"id": 1, "type": "rectangle", "frame": 0, "occluded": false, "outside": false, "z_order": 0,
             "rotation": 0.0, "points": [0.0, 0.0, 10.0, 10.0], "attributes": [{"spec_id": 5, "value": "true"}]},
            {"id": 2, "type": "rectangle", "frame": 2, "occluded": false, "outside": false, "z_order": 0,
             "rotation": 0.0, "points": [4.0, 0.0, 14.0, 10.0], "attributes": []}]}]}
      """;

  /** {@code annotations.json} of a task's backup: a list, of two jobs. */
  private static final String CVAT_BACKUP =
      """
      [{"version": 0, "tags": [], "shapes": [], "tracks": [
         {"frame": 0, "label": "car", "group": 0, "source": "manual", "attributes": [{"name": "brand", "value": "saab"}],
          "shapes": [
            {"type": "rectangle", "frame": 0, "occluded": false, "outside": false, "z_order": 0, "rotation": 0.0,
             "points": [0.0, 0.0, 10.0, 10.0], "attributes": [{"name": "braking", "value": "true"}]}]}]},
       {"version": 0, "tags": [], "tracks": [], "shapes": [
         {"type": "rectangle", "frame": 3, "label": "van", "group": 0, "source": "manual", "occluded": false,
          "outside": false, "z_order": 0, "rotation": 0.0, "points": [1.0, 2.0, 3.0, 5.0], "attributes": []}]}]
      """;

  /** One task of an export, JSON: a rectangle with two answers, a key point, one turned. */
  private static final String LABEL_STUDIO =
      """
      [{"id": 12, "inner_id": 1, "project": 3, "updated_by": 1, "drafts": [], "predictions": [], "meta": {},
        "total_annotations": 1, "cancelled_annotations": 0, "total_predictions": 0, "comment_count": 0,
        "file_upload": "d4f1c0de-0007.jpg", "comment_authors": [],
        "created_at": "2026-03-02T09:00:00.000000Z", "updated_at": "2026-03-02T09:10:00.000000Z",
        "data": {"about": "flicker: t7 was gone for 200ms", "image": "/data/local-files/?d=park/gate%202/0007.jpg"},
        "annotations": [{"id": 40, "completed_by": 1, "was_cancelled": false, "ground_truth": false,
          "lead_time": 12.5, "result_count": 5, "task": 12, "project": 3, "unique_id": "4f0e", "prediction": {},
          "parent_prediction": null, "parent_annotation": null, "import_id": null, "last_action": null,
          "created_at": "2026-03-02T09:05:00.000000Z", "updated_at": "2026-03-02T09:05:00.000000Z",
          "result": [
            {"original_width": 200, "original_height": 100, "image_rotation": 0, "id": "a1", "from_name": "box",
             "to_name": "image", "type": "rectangle", "origin": "manual",
             "value": {"x": 10.0, "y": 20.0, "width": 20.0, "height": 40.0, "rotation": 0}},
            {"original_width": 200, "original_height": 100, "image_rotation": 0, "id": "a1", "from_name": "label",
             "to_name": "image", "type": "labels", "origin": "manual",
             "value": {"x": 10.0, "y": 20.0, "width": 20.0, "height": 40.0, "rotation": 0, "labels": ["car"]}},
            {"original_width": 200, "original_height": 100, "image_rotation": 0, "id": "a1", "from_name": "occluded",
             "to_name": "image", "type": "choices", "origin": "manual",
             "value": {"x": 10.0, "y": 20.0, "width": 20.0, "height": 40.0, "rotation": 0, "choices": ["partly"]}},
            {"original_width": 200, "original_height": 100, "image_rotation": 0, "id": "k1", "from_name": "point",
             "to_name": "image", "type": "keypointlabels", "origin": "manual",
             "value": {"x": 1.0, "y": 2.0, "width": 0.5, "keypointlabels": ["nose"]}},
            {"original_width": 200, "original_height": 100, "image_rotation": 0, "id": "a2", "from_name": "boxes",
             "to_name": "image", "type": "rectanglelabels", "origin": "manual",
             "value": {"x": 50.0, "y": 0.0, "width": 10.0, "height": 40.0, "rotation": 90,
                       "rectanglelabels": ["van"]}}]}]}]
      """;

  @TempDir Path folder;

  private LabelFile read(String text) throws IOException {
    LabelFile file =
        LabelFile.read(Files.writeString(folder.resolve("labels.json"), text), Optional.empty());
    assertThat(file.problems()).isEmpty();
    return file;
  }

  private static String said(LabelledBox box, String name) {
    return Objects.requireNonNull(box.attributes().get(name), name).asString();
  }

  @Test
  void cvatsServerNamesAttributesByNumberAndTurnsAboutTheMiddle() throws IOException {
    LabelFile file = read(CVAT_SERVER);

    assertThat(file.kind()).isEqualTo("CVAT");
    assertThat(file.leftOut()).as("the skeleton").isEqualTo(1);
    assertThat(file.frames()).extracting(frame -> frame.boxes().size()).containsExactly(1, 2, 1);
    LabelledBox turned = file.frames().get(1).boxes().getFirst();
    assertThat(turned.label()).contains("car");
    assertThat(List.of(turned.x(), turned.y(), turned.width(), turned.height()))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(25.0, 5.0, 10.0, 40.0);
    assertThat(said(turned, "brand")).isEqualTo("volvo");
    assertThat(turned.attributes()).containsKey("occluded").doesNotContainKey("score");
    LabelledBox tracked = file.frames().get(2).boxes().getFirst();
    assertThat(tracked.track()).contains("9");
    assertThat(said(tracked, "brand")).isEqualTo("saab");
    assertThat(said(tracked, "braking")).as("what was said at frame 0 holds").isEqualTo("true");
    assertThat(file.frames().get(1).boxes().getLast().x()).isEqualTo(2, within(1e-9));
  }

  @Test
  void aTrackOfCvatsBackupEndsWithItsJob() throws IOException {
    LabelFile file = read(CVAT_BACKUP);

    assertThat(file.kind()).isEqualTo("CVAT");
    assertThat(file.frames()).extracting(frame -> frame.boxes().size()).containsExactly(1, 0, 0, 1);
    assertThat(said(file.frames().getFirst().boxes().getFirst(), "braking")).isEqualTo("true");
    assertThat(file.frames().getLast().boxes().getFirst().label()).contains("van");
  }

  @Test
  void labelStudioSaysARegionOverSeveralResults() throws IOException {
    LabelFile file = read(LABEL_STUDIO);

    assertThat(file.leftOut()).as("the key point").isEqualTo(1);
    LabelledFrame frame = file.frames().getFirst();
    assertThat(frame.series()).isEqualTo("park/gate 2");
    assertThat(frame.frame()).isEqualTo(7);
    assertThat(frame.boxes())
        .extracting(box -> box.label().orElse(""))
        .containsExactly("car", "van");
    LabelledBox car = frame.boxes().getFirst();
    assertThat(List.of(car.x(), car.y(), car.width(), car.height()))
        .containsExactly(20.0, 20.0, 40.0, 40.0);
    assertThat(said(car, "occluded")).isEqualTo("partly");
    LabelledBox van = frame.boxes().getLast();
    assertThat(van.x()).as("turned about its corner").isEqualTo(60, within(1e-9));
    assertThat(van.width()).isEqualTo(40, within(1e-9));
    assertThat(van.height()).isEqualTo(20, within(1e-9));
  }
}
