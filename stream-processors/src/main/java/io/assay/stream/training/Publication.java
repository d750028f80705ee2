package io.assay.stream.training;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerKey;
import io.assay.stream.contract.ImputerTable;
import io.assay.stream.contract.ImputerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of a new version: itself, that it is in force if it is, and old ones' ends. */
final class Publication {
  /**
   * Of a stream, so many versions stay in the topic, and beside them those that may be in force.
   */
  static final int KEPT = 5;

  private Publication() {}

  static long nextVersion(ImputerTable known, String project, String stream) {
    long cards =
        known.cards(project, stream).stream().mapToLong(ImputerCard::version).max().orElse(0);
    long choices =
        known.choices(project, stream).stream().mapToLong(ImputerChoice::version).max().orElse(0);
    return Math.max(cards, choices) + 1;
  }

  /** To be sent in one transaction. */
  static List<ProducerRecord<byte[], byte[]>> records(
      String topic, ImputerTable known, ImputerVersion version) {
    ImputerCard card = version.card();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(version.records(topic));
    Set<Long> used =
        known.choices(card.project(), card.stream()).stream()
            .map(ImputerChoice::version)
            .collect(Collectors.toSet());
    if (card.promoted()) {
      var choice =
          new ImputerChoice(
              card.project(),
              card.stream(),
              card.version(),
              false,
              ImputerChoice.TRAINER,
              card.why(),
              card.trainedMillis());
      var key = new ImputerKey.Promoted(card.project(), card.stream());
      records.add(new ProducerRecord<>(topic, key.bytes(), choice.json()));
    }
    known.cards(card.project(), card.stream()).stream()
        .skip(KEPT - 1L)
        .filter(old -> !used.contains(old.version()))
        .forEach(old -> records.addAll(ImputerVersion.tombstones(topic, old)));
    return records;
  }
}
