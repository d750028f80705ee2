package io.assay.web.votes;

import io.assay.web.system.EachProject;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then whose votes are to be counted. */
@Component
class VoteClock {
  private final VoteTaking taking;
  private final EachProject projects;

  VoteClock(VoteTaking taking, EachProject projects) {
    this.taking = taking;
    this.projects = projects;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    projects.look("votes", taking::tick);
  }
}
