package io.assay.web.imputation;

import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputerWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.system.AuditedWrites;
import io.assay.web.system.Refused;
import java.util.Optional;

/** Tells the processors which version of an imputer a person wants. */
record Wishes(AuditedWrites writes, Topics topics) {

  /**
   * Once this returns, the broker has it, and it is among the project's changes.
   *
   * @param again the version, where the topic has forgotten it
   * @throws Refused where the broker has not
   */
  void send(ImputerChoice choice, Optional<ImputerVersion> again) {
    writes.write(
        new AuditedWrites.Decision(
            "imputers are chosen",
            choice.project(),
            choice.by(),
            choice.pinned() ? "imputer.promoted" : "imputer.released",
            choice.stream() + "/" + choice.version(),
            choice.why()),
        clients -> new ImputerWriter(clients, topics).want(choice, again));
  }
}
