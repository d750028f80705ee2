package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerKey;
import io.assay.stream.contract.ImputerTable;
import io.assay.stream.contract.ImputerVersion;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final String TOPIC = "assay.imputers";

  private final ImputerTable known = new ImputerTable();
  private long offset;

  @Test
  void versionsCountUpAndOfOldOnesThoseStayThatMayBeInForce() {
    assertThat(Publication.nextVersion(known, "p", "s")).isEqualTo(1);
    for (long number = 1; number <= 9; number++) {
      assertThat(Publication.nextVersion(known, "p", "s")).isEqualTo(number);
      publish(number, number == 2 || number == 9);
      if (number == 3) {
        want(1);
      }
    }
    assertThat(known.cards("p", "s"))
        .extracting(ImputerCard::version)
        .containsExactly(9L, 8L, 7L, 6L, 5L, 2L, 1L);
    assertThat(known.version("p", "s", 1)).isPresent();
    assertThat(known.version("p", "s", 4)).isEmpty();
    assertThat(known.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L, 9L);
  }

  @Test
  void whatIsNotBetterLeavesTheOneInForce() {
    publish(1, true);
    publish(2, false);
    assertThat(known.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L);
    assertThat(known.version("p", "s", 2)).isPresent();
  }

  private void publish(long number, boolean promoted) {
    for (ProducerRecord<byte[], byte[]> record :
        Publication.records(TOPIC, known, version(number, promoted))) {
      assertThat(known.take(record.key(), record.value(), offset++)).isPresent();
    }
  }

  private void want(long number) {
    var choice = new ImputerChoice("p", "s", number, true, "somebody", "", 1);
    assertThat(known.take(new ImputerKey.Wanted("p", "s").bytes(), choice.json(), offset++))
        .isPresent();
  }

  private static ImputerVersion version(long number, boolean promoted) {
    byte[] bytes = {(byte) number};
    var measured = new ImputerCard.Measured(0, null, null, null, null, null, null);
    return ImputerVersion.of(
        new ImputerCard(
            "p",
            "s",
            number,
            number,
            1,
            "features",
            "hash",
            "plain",
            10,
            1,
            7,
            0.5,
            false,
            measured,
            List.of(),
            List.of(),
            null,
            promoted,
            "",
            1,
            1,
            ImputerVersion.sha256(bytes)),
        bytes);
  }
}
