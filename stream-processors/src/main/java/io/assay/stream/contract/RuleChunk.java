package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Which part of which generation a record of the rules' topic is, as its key says; its value is the
 * part, null once the generation is forgotten.
 *
 * @param chunk from 0
 */
record RuleChunk(String project, long generation, int chunk) {
  /** A record may not be larger than a topic allows. */
  static final int MOST_BYTES = 512 * 1024;

  private static final String CHUNKS = "chunks";
  private static final String HASH = "sha256";

  byte[] key() {
    return (project + '/' + generation + '/' + chunk).getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for a key that is none of ours. */
  static Optional<RuleChunk> of(byte[] key) {
    String[] parts = new String(key, StandardCharsets.UTF_8).split("/", -1);
    try {
      return parts.length == 3
          ? Optional.of(
              new RuleChunk(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2])))
          : Optional.empty();
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /** The records of a generation, to be sent in one transaction. */
  static List<ProducerRecord<byte[], byte[]>> records(String topic, RuleSet set) {
    byte[] whole = RuleBytes.write(set);
    String hash = hash(whole);
    int chunks = count(whole);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      byte[] part =
          Arrays.copyOfRange(whole, i * MOST_BYTES, Math.min(whole.length, (i + 1) * MOST_BYTES));
      byte[] key = new RuleChunk(set.project(), set.generation(), i).key();
      var record = new ProducerRecord<>(topic, key, part);
      HeaderNames.put(record.headers(), HeaderNames.PROJECT, set.project());
      HeaderNames.put(record.headers(), CHUNKS, Integer.toString(chunks));
      HeaderNames.put(record.headers(), HASH, hash);
      records.add(record);
    }
    return records;
  }

  static int count(byte[] whole) {
    return (whole.length + MOST_BYTES - 1) / MOST_BYTES;
  }

  static int chunks(ConsumerRecord<byte[], byte[]> record) {
    return (int) HeaderNames.number(record.headers(), CHUNKS, -1);
  }

  static boolean isWhole(ConsumerRecord<byte[], byte[]> record, byte[] whole) {
    return hash(whole).equals(HeaderNames.text(record.headers(), HASH));
  }

  private static String hash(byte[] whole) {
    return HexFormat.of().formatHex(RuleContent.sha256().digest(whole));
  }
}
