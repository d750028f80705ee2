package io.assay.web.labels;

import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;

/** Samples for tests of other packages. */
public final class TestSamples {
  private TestSamples() {}

  /** {@code image}, {@code video} or {@code table}. */
  public static ExportSample of(String medium) {
    return Samples.seen(
        switch (medium) {
          case "image" -> Samples.flicker(Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL);
          case "video" ->
              Samples.flicker("clip.mp4", Verdict.ERROR, Decision.ACCEPTED, LabelScope.ALL);
          default -> Samples.loan(Verdict.ERROR, Decision.ACCEPTED);
        });
  }
}
