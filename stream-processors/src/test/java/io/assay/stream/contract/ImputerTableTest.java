package io.assay.stream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ImputerTableTest {
  private static final String TOPIC = "assay.imputers";

  private final ImputerTable table = new ImputerTable();
  private long offset;

  @Test
  void keysAreReadAsTheyAreWritten() {
    for (ImputerKey key :
        List.of(
            new ImputerKey.Promoted("a/b", "loans"),
            new ImputerKey.Wanted("p", "übung 1"),
            new ImputerKey.Card("p", "wanted", 7),
            new ImputerKey.Chunk("p", "s", 7, 2))) {
      assertThat(ImputerKey.read(key.bytes())).contains(key);
    }
    for (String other : List.of("", "p", "p/s/x", "p/s/1/x", "p/s/1/2/3", "p/%zz")) {
      assertThat(ImputerKey.read(other.getBytes(StandardCharsets.UTF_8))).as(other).isEmpty();
    }
  }

  @Test
  void aVersionIsThereOnceAllOfItHasCome() {
    ImputerVersion version = version(1, RuleChunk.MOST_BYTES + 100);
    List<ProducerRecord<byte[], byte[]>> records = version.records(TOPIC);
    assertThat(records).hasSize(3);
    take(records.get(2));
    take(records.get(1));
    assertThat(table.cards("p", "s")).containsExactly(version.card());
    assertThat(table.version("p", "s", 1)).isEmpty();
    take(records.get(0));
    assertThat(table.version("p", "s", 1).orElseThrow().bytes()).isEqualTo(version.bytes());
    assertThat(ImputerCard.read(version.card().json())).isEqualTo(version.card());
  }

  @Test
  void aVersionWhosePartsAreOfAnotherIsNotThere() {
    List<ProducerRecord<byte[], byte[]>> records = version(1, 100).records(TOPIC);
    take(records.get(1));
    table.take(records.get(0).key(), new byte[100], 9);
    assertThat(table.version("p", "s", 1)).isEmpty();
  }

  @Test
  void whatIsDeletedIsGone() {
    ImputerVersion version = version(1, 100);
    version.records(TOPIC).forEach(this::take);
    assertThat(table.streams("p")).containsExactly("s");
    ImputerVersion.tombstones(TOPIC, version.card()).forEach(this::take);
    assertThat(table.cards("p", "s")).isEmpty();
    assertThat(table.version("p", "s", 1)).isEmpty();
    assertThat(table.streams("p")).isEmpty();
  }

  @Test
  void whatWasDecidedLastIsFirst() {
    promoted(1);
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L);
    promoted(2);
    wanted(1, false);
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L, 2L);
    promoted(3);
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(3L, 1L);
    assertThat(table.choices("p", "other")).isEmpty();
  }

  @Test
  void whatIsPinnedStaysUntilAPersonReleasesIt() {
    promoted(2);
    wanted(1, true);
    promoted(3);
    assertThat(table.pinned("p", "s").orElseThrow().version()).isEqualTo(1);
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L, 3L);
    wanted(1, false);
    assertThat(table.pinned("p", "s")).isEmpty();
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(1L, 3L);
    promoted(4);
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(4L, 1L);
  }

  @Test
  void whatCannotBeReadIsToldAndChangesNothing() {
    promoted(2);
    byte[] key = new ImputerKey.Promoted("p", "s").bytes();
    assertThatThrownBy(() -> table.take(key, new byte[] {'{', '}'}, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version, pinned, by and why");
    assertThat(table.choices("p", "s")).extracting(ImputerChoice::version).containsExactly(2L);
    assertThat(table.take(null, null, 10)).isEmpty();
  }

  private void take(ProducerRecord<byte[], byte[]> record) {
    assertThat(table.take(record.key(), record.value(), offset++)).isPresent();
  }

  private void promoted(long version) {
    choose(new ImputerKey.Promoted("p", "s"), version, false);
  }

  private void wanted(long version, boolean pinned) {
    choose(new ImputerKey.Wanted("p", "s"), version, pinned);
  }

  private void choose(ImputerKey key, long version, boolean pinned) {
    var choice = new ImputerChoice("p", "s", version, pinned, "somebody", "", 1);
    table.take(key.bytes(), choice.json(), offset++);
  }

  private static ImputerVersion version(long number, int length) {
    byte[] bytes = new byte[length];
    new Random(number).nextBytes(bytes);
    var column = new ImputerCard.Column("income", "error", 0.3, 1, null);
    return ImputerVersion.of(
        new ImputerCard(
            "p",
            "s",
            number,
            1,
            2,
            "features",
            "hash",
            "plain",
            10,
            1,
            7,
            0.5,
            false,
            new ImputerCard.Measured(30, 0.3, 1L, 0.4, 1.0, null, 0.8),
            List.of(column),
            List.of(new ImputerCard.LeftOut("id", "identifier")),
            null,
            true,
            "it is the first",
            ImputerVersion.chunks(length),
            length,
            ImputerVersion.sha256(Arrays.copyOf(bytes, length))),
        bytes);
  }
}
