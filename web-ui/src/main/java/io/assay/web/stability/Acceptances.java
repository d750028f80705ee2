package io.assay.web.stability;

import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Audit;
import io.assay.web.system.Broker;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

/** Tells the processors that a person accepts a release. */
class Acceptances {
  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final Audit audit;
  private final TransactionTemplate transactions;

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  Acceptances(
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
   * @throws ResponseStatusException where the broker has not
   */
  void send(ReleaseAcceptance acceptance) {
    Map<String, Object> given =
        clients.orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "releases are accepted on a broker, and " + Broker.SERVERS + " is not set"));
    transactions.executeWithoutResult(
        status -> {
          audit.note(
              acceptance.project(),
              acceptance.by(),
              "release.accepted",
              acceptance.embeddings() + "/" + acceptance.release(),
              acceptance.why());
          write(given, acceptance);
        });
  }

  private void write(Map<String, Object> given, ReleaseAcceptance acceptance) {
    try {
      new ReleaseWriter(given, topics).accept(acceptance);
    } catch (KafkaException failure) {
      throw new ResponseStatusException(
          Broker.status(failure), Broker.told(given, failure), failure);
    }
  }
}
