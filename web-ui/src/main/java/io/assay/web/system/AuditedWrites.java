package io.assay.web.system;

import io.assay.web.access.Audit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the processors, by a topic of theirs, what a person has decided. */
public final class AuditedWrites {
  private final Optional<Map<String, Object>> clients;
  private final Audit audit;
  private final TransactionTemplate transactions;

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  public AuditedWrites(
      Optional<Map<String, Object>> clients, Audit audit, TransactionTemplate transactions) {
    this.clients = clients;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * What was decided.
   *
   * @param what it is about, for people: "releases are accepted"
   * @param action as the project's changes call it, {@code release.accepted}
   */
  public record Decision(
      String what, String project, String by, String action, String subject, String why) {}

  /**
   * Once this returns, the broker has it, and it is among the project's changes.
   *
   * @param writer is given the settings of Kafka's clients, and returns when the broker has it
   * @throws Refused where the broker has not
   */
  public void write(Decision decision, Consumer<Map<String, Object>> writer) {
    Map<String, Object> given =
        clients.orElseThrow(
            () ->
                new Refused(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "%s on a broker, and %s is not set"
                        .formatted(decision.what(), Broker.SERVERS)));
    transactions.executeWithoutResult(
        status -> {
          audit.note(
              decision.project(),
              decision.by(),
              decision.action(),
              decision.subject(),
              decision.why());
          try {
            writer.accept(given);
          } catch (KafkaException failure) {
            throw new Refused(Broker.status(failure), Broker.told(given, failure));
          }
        });
  }
}
