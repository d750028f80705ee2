package io.assay.web.labels;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Samples as a project of Label Studio: its labelling interface, and batches of tasks. */
public final class LabelStudioProject {
  private final ExportSamples samples;
  private final VideoTiming timing;
  private final Set<String> kinds = new TreeSet<>();
  private Medium medium = Medium.TABLE;

  /**
   * Looks at all samples, and once more where their tasks are asked for.
   *
   * @throws IOException what reading them throws
   */
  public LabelStudioProject(ExportSamples samples, VideoTiming timing) throws IOException {
    this.samples = samples;
    this.timing = timing;
    samples.each(
        sample -> {
          medium = medium.orRicher(sample);
          LabelStudioTasks.addKinds(sample, kinds);
        });
  }

  /** Whoever gets JSON arrays of tasks, one after another, numbered from 1. */
  public interface Batches {
    void take(int number, byte[] json) throws IOException;
  }

  /** The labelling interface, XML. */
  public String config() {
    return LabelStudioConfig.xml(medium, kinds, timing);
  }

  /** Hands over all tasks, in batches that one import takes. */
  public Exported batches(Batches taker) throws IOException {
    return LabelStudioExport.tasks(samples, medium, timing, new TaskBatches(taker));
  }
}
