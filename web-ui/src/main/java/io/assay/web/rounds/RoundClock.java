package io.assay.web.rounds;

import io.assay.web.system.EachProject;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every now and then what is due with rounds. */
@Component
class RoundClock {
  private final Rounds rounds;
  private final RoundProof proof;
  private final EachProject projects;

  RoundClock(Rounds rounds, RoundProof proof, EachProject projects) {
    this.rounds = rounds;
    this.proof = proof;
    this.projects = projects;
  }

  @Scheduled(
      fixedDelayString = "${assay.labels.look-every:30s}",
      initialDelayString = "${assay.labels.look-every:30s}")
  void look() {
    projects.look("rounds", rounds::tick);
    projects.look("what came of rounds", proof::renew);
  }
}
