package io.assay.web.imputation;

import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputerWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Audit;
import io.assay.web.system.Broker;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the processors which version of an imputer a person wants. */
class Wishes {
  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final Audit audit;
  private final TransactionTemplate transactions;

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  Wishes(
      Optional<Map<String, Object>> clients,
      Topics topics,
      Audit audit,
      TransactionTemplate transactions) {
    this.clients = clients;
    this.topics = topics;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * Once this returns, the broker has it, and it is in the project's changes.
   *
   * @param again the version, where the topic has forgotten it
   * @throws ImputerRefused where the broker has not
   */
  void send(ImputerChoice choice, Optional<ImputerVersion> again) {
    Map<String, Object> given =
        clients.orElseThrow(
            () ->
                new ImputerRefused(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "imputers are chosen on a broker, and " + Broker.SERVERS + " is not set"));
    transactions.executeWithoutResult(
        status -> {
          audit.note(
              choice.project(),
              choice.by(),
              choice.pinned() ? "imputer.promoted" : "imputer.released",
              choice.stream() + "/" + choice.version(),
              choice.why());
          write(given, choice, again);
        });
  }

  private void write(
      Map<String, Object> given, ImputerChoice choice, Optional<ImputerVersion> again) {
    try {
      new ImputerWriter(given, topics).want(choice, again);
    } catch (KafkaException failure) {
      throw new ImputerRefused(Broker.status(failure), Broker.told(given, failure));
    }
  }
}
