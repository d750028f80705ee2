package io.assay.web.stability;

import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.system.AuditedWrites;
import io.assay.web.system.Refused;

/** Tells the processors that a person accepts a release. */
record Acceptances(AuditedWrites writes, Topics topics) {

  /**
   * Once this returns, the broker has it, and it is among the project's changes.
   *
   * @throws Refused where the broker has not
   */
  void send(ReleaseAcceptance acceptance) {
    writes.write(
        new AuditedWrites.Decision(
            "releases are accepted",
            acceptance.project(),
            acceptance.by(),
            "release.accepted",
            acceptance.embeddings() + "/" + acceptance.release(),
            acceptance.why()),
        clients -> new ReleaseWriter(clients, topics).accept(acceptance));
  }
}
