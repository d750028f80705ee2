package io.assay.web.labels;

import io.assay.web.media.MediaKind;
import java.util.List;

/** What people look at in a labelling tool; a project there is of one. */
public enum Medium {
  /** One event: its image, with its boxes. */
  IMAGE,
  /** One sample: a video, with what moves in it. */
  VIDEO,
  /** One event: its fields. */
  TABLE;

  /** The richest that any of the samples has. */
  static Medium of(Iterable<ExportSample> samples) {
    Medium found = TABLE;
    for (ExportSample sample : samples) {
      if (VIDEO.fits(sample)) {
        return VIDEO;
      }
      found = IMAGE.fits(sample) ? IMAGE : found;
    }
    return found;
  }

  boolean fits(ExportSample sample) {
    List<Scene> scenes = sample.scenes();
    return switch (this) {
      case IMAGE -> scenes.stream().anyMatch(scene -> is(scene, MediaKind.IMAGE));
      case VIDEO ->
          !scenes.isEmpty()
              && scenes.stream().allMatch(scene -> is(scene, MediaKind.VIDEO))
              && scenes.stream().map(VideoTiming::video).distinct().count() == 1;
      case TABLE -> !scenes.isEmpty();
    };
  }

  static boolean is(Scene scene, MediaKind kind) {
    return scene.media().filter(reference -> MediaKind.of(reference) == kind).isPresent();
  }
}
