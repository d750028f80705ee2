package io.assay.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as the tools write them, in their own conventions. */
class LabelFileTest {
  @TempDir Path folder;

  @Test
  void cocoHasPixelsVideosAndTracks() throws IOException {
    LabelFile file =
        read(
            """
            {"videos": [{"id": 3, "name": "street"}],
             "images": [
               {"id": 11, "video_id": 3, "frame_id": 5, "file_name": "b.jpg"},
               {"id": 12, "video_id": 3, "frame_id": 4, "file_name": "a.jpg"}],
             "categories": [{"id": 1, "name": "car"}],
             "annotations": [
               {"id": 1, "image_id": 11, "category_id": 1, "bbox": [1, 2, 30, 40.5], "iscrowd": 0,
                "attributes": {"track_id": 9, "occluded": true}},
               {"id": 2, "image_id": 11, "category_id": 8, "bbox": [0, 0, 1, 1]},
               {"id": 3, "image_id": 11, "category_id": 1, "segmentation": []}]}
            """);

    assertThat(file.problems()).isEmpty();
    assertThat(file.kind()).isEqualTo("COCO");
    assertThat(file.leftOut()).isEqualTo(1);
    assertThat(file.frames()).extracting(LabelledFrame::frame).containsExactly(4, 5);
    assertThat(file.frames()).extracting(LabelledFrame::series).containsOnly("street");
    assertThat(file.frames().getFirst().boxes()).isEmpty();
    LabelledBox box = file.frames().getLast().boxes().getFirst();
    assertThat(box.label()).contains("car");
    assertThat(box.track()).contains("9");
    assertThat(box.height()).isEqualTo(40.5);
    assertThat(box.attributes()).containsKeys("occluded", "iscrowd");
    assertThat(file.frames().getLast().boxes().getLast().label()).contains("8");
  }

  /** A number in the name is the frame's; where names do not tell images apart, order does. */
  @ParameterizedTest
  @CsvSource({
    "a/0010.jpg, a/0002.jpg, a, '2,10'",
    "a/x.jpg, a/y.jpg, a, '0,1'",
    "a/x1.jpg, a/y1.jpg, a, '0,1'",
    "0007.png, 0006.png?size=big, '', '6,7'"
  })
  void imagesAreNumberedByTheirNames(String one, String other, String series, String numbers)
      throws IOException {
    LabelFile file =
        read(
            """
            {"images": [{"id": 1, "file_name": "%s"}, {"id": 2, "file_name": "%s"}],
             "annotations": []}
            """
                .formatted(one, other));

    assertThat(file.frames()).extracting(LabelledFrame::series).containsOnly(series);
    assertThat(file.frames().stream().map(f -> Integer.toString(f.frame())).toList())
        .containsExactly(numbers.split(","));
  }

  @Test
  void labelStudioHasPercentAndTheLastAnnotationCounts() throws IOException {
    LabelFile file =
        read(
            """
            [{"id": 1, "data": {"image": "/data/local-files/?d=x/0001.jpg"}, "annotations": [
               {"result": [{"id": "r", "type": "rectanglelabels", "original_width": 200,
                 "original_height": 100, "value": {"x": 0, "y": 0, "width": 1, "height": 1,
                 "rotation": 0, "rectanglelabels": ["bus"]}}]},
               {"result": [{"id": "r", "type": "rectanglelabels", "original_width": 200,
                 "original_height": 100, "value": {"x": 10, "y": 20, "width": 50, "height": 25,
                 "rotation": 0, "rectanglelabels": ["car"]}},
                 {"id": "p", "type": "polygonlabels", "value": {"points": [[1, 2]]}}]},
               {"was_cancelled": true, "result": []}]},
             {"id": 2, "data": {"image": "x/0002.jpg"}, "annotations": []}]
            """);

    assertThat(file.problems()).isEmpty();
    assertThat(file.leftOut()).isEqualTo(1);
    assertThat(file.frames()).hasSize(1);
    assertThat(file.frames().getFirst().boxes()).hasSize(1);
    LabelledBox box = file.frames().getFirst().boxes().getFirst();
    assertThat(box.label()).contains("car");
    assertThat(List.of(box.x(), box.y(), box.width(), box.height()))
        .containsExactly(20.0, 20.0, 100.0, 25.0);
  }

  /** Key frames 1 and 3, disabled there, back at 5 of 6. */
  @Test
  void labelStudioVideosMoveBetweenKeyFrames() throws IOException {
    String video =
        """
        [{"id": 1, "data": {"video": "v.mp4"}, "annotations": [{"result": [
          {"id": "t1", "type": "videorectangle", "value": {"framesCount": 6, "labels": ["car"],
           "sequence": [
             {"frame": 1, "x": 0, "y": 0, "width": 10, "height": 10, "enabled": true},
             {"frame": 3, "x": 20, "y": 0, "width": 10, "height": 10, "enabled": false},
             {"frame": 5, "x": 50, "y": 0, "width": 10, "height": 10, "enabled": true}]}}]}]}]
        """;

    LabelFile file = LabelFile.read(write(video), Optional.of(new ImageSize(1000, 500)));

    assertThat(file.frames()).extracting(LabelledFrame::frame).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(file.frames().stream().map(f -> f.boxes().stream().map(LabelledBox::x).toList()))
        .containsExactly(
            List.of(0.0),
            List.of(100.0),
            List.of(200.0),
            List.of(),
            List.of(500.0),
            List.of(500.0));
    assertThat(file.frames().getFirst().boxes().getFirst().track()).contains("t1");
    assertThat(read(video).problems())
        .hasSize(1)
        .first()
        .isEqualTo(
            "task 1: needed original_width and original_height of a region, or 'size W x H' in the"
                + " stream, got nothing");
  }

  @Test
  void cvatHasCornersShapesAndTracks() throws IOException {
    LabelFile file =
        read(
            """
            {"labels": [{"id": 4, "name": "car"}],
             "frames": [{"frame": 0, "name": "a/0.jpg"}, {"frame": 1, "name": "a/1.jpg"},
                        {"frame": 2, "name": "a/2.jpg"}, {"frame": 3, "name": "a/3.jpg"}],
             "annotations": {
               "shapes": [{"type": "rectangle", "frame": 1, "label_id": 4, "points": [1, 2, 4, 8]},
                          {"type": "polygon", "frame": 1, "label_id": 4, "points": [1, 2]}],
               "tracks": [{"id": 6, "label_id": 4, "frame": 0, "shapes": [
                 {"type": "rectangle", "frame": 0, "points": [0, 0, 10, 10], "outside": false},
                 {"type": "rectangle", "frame": 2, "points": [20, 0, 30, 10], "outside": true}]}]}}
            """);

    assertThat(file.problems()).isEmpty();
    assertThat(file.leftOut()).isEqualTo(1);
    assertThat(file.frames()).extracting(f -> f.boxes().size()).containsExactly(1, 2, 0, 0);
    assertThat(file.frames()).extracting(LabelledFrame::series).containsOnly("a");
    LabelledBox single = file.frames().get(1).boxes().getFirst();
    assertThat(List.of(single.x(), single.y(), single.width(), single.height()))
        .containsExactly(1.0, 2.0, 3.0, 6.0);
    assertThat(single.track()).isEmpty();
    // A thing that is gone at the next key frame stays where it was until then.
    assertThat(file.frames().get(1).boxes().getLast().x()).isZero();
    assertThat(file.frames().get(1).boxes().getLast().track()).contains("6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"images\": [], \"annotations\": []} | needed labelled images, got none",
        "{\"images\": [{\"id\": 1}], \"annotations\": [{\"id\": 5, \"image_id\": 2, \"bbox\":"
            + " [1,2,3,4]}]} | annotation 5: needed the id of one of the images, got 2",
        "{\"images\": [{\"id\": 1}], \"annotations\": [{\"id\": 5, \"image_id\": 1, \"bbox\":"
            + " [1,2]}]} | annotation 5: needed a bbox of [x, y, width, height], got [1,2]",
        "{\"a\": 1, \"b\": 2} | needed COCO (images, annotations), a Label Studio export (a list of"
            + " tasks) or CVAT (shapes, tracks), got an object with a, b",
        "{\"shapes\": [{\"frame\": 2, \"points\": [1]}]} | a shape of frame 2: needed points of two"
            + " corners, [x1, y1, x2, y2], got [1]"
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String problem) throws IOException {
    assertThat(read(text).problems()).containsExactly(problem);
  }

  @Test
  void whatIsNoJsonIsSaid() throws IOException {
    assertThat(read("{").problems().getFirst())
        .isEqualTo("needed JSON, got none: line 1, column 2");
  }

  private LabelFile read(String text) throws IOException {
    return LabelFile.read(write(text), Optional.empty());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("labels.json"), text);
  }
}
