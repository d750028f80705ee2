package io.assay.web.labels;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A project of Label Studio whose batches of tasks lie on the disk until somebody takes them: the
 * database is not kept waiting for Label Studio.
 */
public final class PackedProject implements AutoCloseable {
  private final SpoolFolder folder;
  private final String config;
  private final Exported exported;
  private int batches;

  /**
   * Reads all samples.
   *
   * @throws IOException what reading them throws, or the disk
   */
  public PackedProject(ExportSamples samples, VideoTiming timing) throws IOException {
    this.folder = new SpoolFolder();
    try {
      var project = new LabelStudioProject(samples, timing);
      this.config = project.config();
      this.exported =
          project.batches(
              (number, json) -> {
                Files.write(folder.file("tasks-" + number), json);
                batches = number;
              });
    } catch (IOException | RuntimeException failure) {
      folder.close();
      throw failure;
    }
  }

  /** The labelling interface, XML. */
  public String config() {
    return config;
  }

  /** What is in it. */
  public Exported exported() {
    return exported;
  }

  /**
   * Hands over all tasks.
   *
   * @throws IOException what the taker throws, or the disk
   */
  public void each(LabelStudioProject.Batches taker) throws IOException {
    for (int number = 1; number <= batches; number++) {
      taker.take(number, Files.readAllBytes(folder.file("tasks-" + number)));
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
