package io.assay.web.labels.studio;

import io.assay.web.labels.Exported;
import io.assay.web.labels.PackedProject;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes a project in Label Studio and fills it. */
final class StudioExport {
  /** Its titles have no more characters. */
  private static final int LONGEST_TITLE = 50;

  private StudioExport() {}

  /**
   * What came of it.
   *
   * @param number of the project there
   */
  record Made(long number, Exported exported) {}

  /**
   * A new project with the samples as tasks.
   *
   * @throws StudioClient.StudioRefused where Label Studio does not take it; a project that is made
   *     by then stays, and what was imported stays in it
   */
  static Made make(StudioClient client, String title, PackedProject project) {
    String cut = title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
    long number =
        client.createProject(cut, "Is the prediction wrong, and what is right?", project.config());
    try {
      project.each((batch, json) -> client.importTasks(number, json));
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
    return new Made(number, project.exported());
  }
}
