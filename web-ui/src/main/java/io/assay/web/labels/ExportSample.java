package io.assay.web.labels;

import io.assay.web.violations.PrivateText;
import java.util.List;

/**
 * A sample as it is exported: nothing in it that its reader may not see, or that its label does not
 * speak of.
 *
 * @param key masked where its reader may not see it, as the texts are
 * @param scenes its events in order of time
 * @param outside what was left out because the label does not speak of it: names of classes and
 *     fields
 */
public record ExportSample(
    LabelledSample source,
    String key,
    String subject,
    String label,
    String sentence,
    List<Scene> scenes,
    List<String> outside) {
  public ExportSample {
    scenes = List.copyOf(scenes);
    outside = List.copyOf(outside);
  }

  /** What a reader with this view gets of a sample. */
  public static ExportSample of(LabelledSample sample, ExportView view) {
    var scenes = new Scenes(sample, view);
    List<Scene> all = scenes.all();
    return new ExportSample(
        sample,
        view.keys().shown(sample.flagged().stream(), sample.flagged().key()),
        PrivateText.shown(sample.flagged().subject(), view.clear()),
        PrivateText.shown(sample.flagged().label(), view.clear()),
        PrivateText.shown(sample.flagged().sentence(), view.clear()),
        all,
        scenes.outside());
  }

  boolean hasBoxes() {
    return scenes.stream().anyMatch(scene -> !scene.boxes().isEmpty());
  }
}
