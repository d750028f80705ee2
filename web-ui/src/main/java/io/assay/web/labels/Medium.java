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

  /** The richer of this and what a sample has: a table, an image, a video. */
  Medium orRicher(ExportSample sample) {
    if (this == VIDEO || VIDEO.fits(sample)) {
      return VIDEO;
    }
    return IMAGE.fits(sample) ? IMAGE : this;
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
