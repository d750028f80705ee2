package io.assay.web.review;

import io.assay.web.system.EachProject;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then which labels have come. */
@Component
class ArrivedClock {
  private final ArrivedLabels labels;
  private final EachProject projects;

  ArrivedClock(ArrivedLabels labels, EachProject projects) {
    this.labels = labels;
    this.projects = projects;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    projects.look("labels", labels::take);
  }
}
