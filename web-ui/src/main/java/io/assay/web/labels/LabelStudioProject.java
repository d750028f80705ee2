package io.assay.web.labels;

import java.io.IOException;
import java.util.List;

/** Samples as a project of Label Studio: its labelling interface, and batches of tasks. */
public final class LabelStudioProject {
  private final List<ExportSample> samples;
  private final VideoTiming timing;
  private final Medium medium;

  public LabelStudioProject(List<ExportSample> samples, VideoTiming timing) {
    this.samples = List.copyOf(samples);
    this.timing = timing;
    this.medium = Medium.of(samples);
  }

  /** Whoever gets JSON arrays of tasks, one after another, numbered from 1. */
  public interface Batches {
    void take(int number, byte[] json) throws IOException;
  }

  /** The labelling interface, XML. */
  public String config() {
    return LabelStudioConfig.xml(medium, LabelStudioTasks.kinds(samples), timing);
  }

  /** Hands over all tasks, in batches that one import takes. */
  public Exported batches(Batches taker) throws IOException {
    return LabelStudioExport.tasks(samples, medium, timing, new TaskBatches(taker));
  }
}
