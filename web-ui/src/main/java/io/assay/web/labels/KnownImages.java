package io.assay.web.labels;

import io.assay.web.labels.LabelledSample.Standing;
import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images of which something is known, each once, whatever number of samples have it: an event
 * that several rules flagged has what the best known sample says, and the others' corrections on
 * top.
 */
final class KnownImages {
  private static final Comparator<ExportSample> BEST_FIRST =
      Comparator.comparing((ExportSample sample) -> sample.source().standing())
          .thenComparing(sample -> sample.source().decidedAt().orElse(Instant.EPOCH))
          .reversed()
          .thenComparing(sample -> sample.source().flagged().id());

  private final Map<String, Image> images = new LinkedHashMap<>();
  private int leftOut;

  /** A box, and the sample that speaks of it. */
  record Known(Box box, ExportSample by) {}

  /** An image with what is known of it. */
  record Image(Scene scene, ExportSample best, List<Known> boxes) {}

  static KnownImages of(List<ExportSample> samples) {
    var known = new KnownImages();
    for (ExportSample sample : samples.stream().sorted(BEST_FIRST).toList()) {
      List<Scene> scenes =
          sample.scenes().stream().filter(scene -> Medium.is(scene, MediaKind.IMAGE)).toList();
      if (sample.source().standing() == Standing.UNKNOWN || scenes.isEmpty()) {
        known.leftOut++;
      } else {
        scenes.forEach(scene -> known.add(scene, sample));
      }
    }
    return known;
  }

  /** In order of stream and time. */
  List<Image> images() {
    return images.values().stream()
        .sorted(
            Comparator.comparing((Image image) -> image.scene().stream())
                .thenComparingLong(image -> image.scene().at())
                .thenComparing(image -> image.scene().event()))
        .toList();
  }

  int leftOut() {
    return leftOut;
  }

  private void add(Scene scene, ExportSample sample) {
    Image image = images.get(scene.stream() + "/" + scene.event());
    if (image == null) {
      List<Known> boxes = new ArrayList<>();
      scene.boxes().forEach(box -> boxes.add(new Known(box, sample)));
      images.put(scene.stream() + "/" + scene.event(), new Image(scene, sample, boxes));
      return;
    }
    for (Box removed : scene.removed()) {
      image.boxes().removeIf(known -> !known.box().corrected() && known.box().equals(removed));
    }
    for (Box box : scene.boxes()) {
      boolean isFree =
          image.boxes().stream()
              .noneMatch(known -> known.box().corrected() && known.box().isSameThing(box));
      if (box.corrected() && isFree) {
        image.boxes().removeIf(known -> known.box().isSameThing(box));
        image.boxes().add(new Known(box, sample));
      }
    }
  }
}
