package io.assay.stream.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A version of a stream's imputer: its card, and its bytes as {@code AimNet} writes them. */
public final class ImputerVersion {
  private final ImputerCard card;
  private final byte[] bytes;

  private ImputerVersion(ImputerCard card, byte[] bytes) {
    this.card = card;
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException where the card is of other bytes
   */
  public static ImputerVersion of(ImputerCard card, byte[] bytes) {
    if (bytes.length != card.bytes() || !sha256(bytes).equals(card.sha256())) {
      throw new IllegalArgumentException(
          "version %d of the imputer of '%s' needs %d bytes with the hash %s, got %d with %s"
              .formatted(
                  card.version(),
                  card.stream(),
                  card.bytes(),
                  card.sha256(),
                  bytes.length,
                  sha256(bytes)));
    }
    return new ImputerVersion(card, bytes.clone());
  }

  public ImputerCard card() {
    return card;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Of a model's bytes, for its card. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(RuleContent.sha256().digest(bytes));
  }

  /** In how many parts a model of so many bytes stands in the topic. */
  public static int chunks(int bytes) {
    return (bytes + RuleChunk.MOST_BYTES - 1) / RuleChunk.MOST_BYTES;
  }

  /** The records of a version, the card last, to be sent in one transaction. */
  public List<ProducerRecord<byte[], byte[]>> records(String topic) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < chunks(bytes.length); i++) {
      int from = i * RuleChunk.MOST_BYTES;
      byte[] part =
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + RuleChunk.MOST_BYTES));
      var key = new ImputerKey.Chunk(card.project(), card.stream(), card.version(), i);
      records.add(new ProducerRecord<>(topic, key.bytes(), part));
    }
    records.add(new ProducerRecord<>(topic, card.key().bytes(), card.json()));
    return records;
  }

  /** What deletes the records of a version. */
  public static List<ProducerRecord<byte[], byte[]>> tombstones(String topic, ImputerCard card) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(new ProducerRecord<>(topic, card.key().bytes(), null));
    for (int i = 0; i < card.chunks(); i++) {
      var key = new ImputerKey.Chunk(card.project(), card.stream(), card.version(), i);
      records.add(new ProducerRecord<>(topic, key.bytes(), null));
    }
    return records;
  }
}
