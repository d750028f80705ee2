package io.assay.web.labels;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has exports go when they are old, also where nobody starts another. */
@Component
class ExportClock {
  private static final Logger LOG = LoggerFactory.getLogger(ExportClock.class);

  private final ExportRuns runs;

  ExportClock(ExportRuns runs) {
    this.runs = runs;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
  void look() {
    try {
      runs.forget();
    } catch (RuntimeException failure) {
      LOG.warn("old exports go later: {}", failure.toString());
    }
  }
}
