package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Topics;
import io.assay.stream.pairing.PairingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model behind Seldon Core 2, on a real broker: its topics in, violations out. */
class ServedStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REQUESTS = 300;

  private final TestBroker broker = TestBroker.shared();
  private final String prefix = broker.name("served");
  private final String inputs = prefix + ".seldon.model.risk.inputs";
  private final String outputs = prefix + ".seldon.model.risk.outputs";
  private final String events = prefix + ".risk.predictions";
  private final Topics topics = new Topics(prefix);

  @TempDir private Path folder;

  @Test
  void eachPairIsJudgedOnceWhateverStopsInBetween() throws Exception {
    broker.createTopics(
        List.of(new NewTopic(inputs, 3, (short) 1), new NewTopic(outputs, 2, (short) 1)));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int third = 0; third < 3; third++) {
        try (StreamProcessors processors = start(PairingSettings.DEFAULT_PATIENCE)) {
          for (int i = third * 100; i < third * 100 + 100; i++) {
            // Of two in three the answer is read before the question.
            ProducerRecord<byte[], byte[]> request = request(i);
            ProducerRecord<byte[], byte[]> response = response(i);
            for (var sent :
                i % 3 == 0
                    ? List.of(request, response, request(i))
                    : List.of(response, request, request(i))) {
              var unused = producer.send(sent);
            }
          }
          producer.flush();
          if (third == 2) {
            assertAllJudged(processors);
          } else {
            Thread.sleep(1500); // Long enough to have begun, too short to be sure of the end.
          }
        }
      }
      assertOneWaitsInVain(producer);
    }
  }

  private void assertAllJudged(StreamProcessors processors) {
    List<Violation> violations =
        read(topics.violations(), 30).stream()
            .map(record -> ViolationJson.read(record.value()))
            .toList();
    assertThat(idsOf(read(events, REQUESTS)))
        .as(() -> "put aside: " + aside())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(i -> "r" + i).toList());
    assertThat(violations).hasSize(30);
    assertThat(violations.stream().map(Violation::id).distinct()).hasSize(30);
    assertThat(processors.status())
        .extracting(StreamStatus::stream, StreamStatus::state)
        .contains(
            org.assertj.core.groups.Tuple.tuple("serving risk", StreamStatus.State.RUNNING),
            org.assertj.core.groups.Tuple.tuple("risk", StreamStatus.State.RUNNING));
  }

  private static List<String> idsOf(List<ConsumerRecord<byte[], byte[]>> events) {
    return events.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .map(json -> json.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** Why, and of which record. */
  private List<String> aside() {
    return read(topics.deadLetters(), 0).stream()
        .map(
            record -> {
              DeadLetter letter = DeadLetter.read(record.headers());
              return "%s (%s) of %s"
                  .formatted(letter.cause(), letter.detail(), letter.provenance().source());
            })
        .toList();
  }

  /** The one without a partner, once all others are paired; after its bound alone. */
  private void assertOneWaitsInVain(KafkaProducer<byte[], byte[]> producer) throws Exception {
    try (StreamProcessors processors = start(Duration.ZERO)) {
      producer.send(response(REQUESTS)).get();
      List<ConsumerRecord<byte[], byte[]>> letters = read(topics.deadLetters(), 1);
      assertThat(letters).hasSize(1);
      assertThat(letters.getFirst().value()).isEqualTo(response(REQUESTS).value());
      assertThat(DeadLetter.read(letters.getFirst().headers()))
          .extracting(DeadLetter::cause, DeadLetter::detail)
          .containsExactly("unpaired", "no request came within PT10S");
      assertThat(processors.status()).allMatch(one -> one.state() == StreamStatus.State.RUNNING);
    }
  }

  private StreamProcessors start(Duration patience) {
    CheckedRules rules =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "risk.assay",
                        """
                        stream risk from topic "%s" {
                          serving  seldon2 requests "%s" responses "%s" within 10s
                          id       id
                          key      applicant string from inputs.applicant
                          time     at        timestamp
                          age                double from inputs.x[1]
                          risk               ratio  from outputs.risk
                        }

                        assertion adult on risk {
                          expect   age >= 18.0
                          mode     active
                        }
                        """
                            .formatted(events, inputs, outputs))))
            .rules()
            .orElseThrow();
    return StreamProcessors.start(
        rules,
        ProcessorSettings.of(broker.bootstrapServers(), folder)
            .in("credit", topics)
            .pairingPatience(patience));
  }

  private ProducerRecord<byte[], byte[]> request(int i) {
    byte[] message =
        message(
            out -> {
              out.writeString(1, "risk");
              tensor(out, "applicant", "BYTES", List.of(1L));
              tensor(out, "x", "FP32", List.of(1L, 2L));
              byte[] applicant = ("p" + i).getBytes(StandardCharsets.UTF_8);
              out.writeByteBuffer(
                  7, little(4 + applicant.length).putInt(applicant.length).put(applicant).flip());
              float age = i % 10 == 0 ? 9 : 41;
              out.writeByteBuffer(7, little(8).putFloat(52_000).putFloat(age).flip());
            });
    return new ProducerRecord<>(inputs, key(i), message);
  }

  private ProducerRecord<byte[], byte[]> response(int i) {
    byte[] message =
        message(
            out -> {
              out.writeString(1, "risk_1");
              out.writeString(2, "1");
              tensor(out, "risk", "FP32", List.of(1L, 1L));
              out.writeByteBuffer(6, little(4).putFloat(0.125f).flip());
            });
    return new ProducerRecord<>(outputs, key(i), message);
  }

  private static byte[] key(int i) {
    return ("r" + i).getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void tensor(CodedOutputStream out, String name, String datatype, List<Long> shape)
      throws IOException {
    byte[] tensor =
        message(
            inner -> {
              inner.writeString(1, name);
              inner.writeString(2, datatype);
              for (long size : shape) {
                inner.writeInt64(3, size);
              }
            });
    out.writeBytes(5, ByteString.copyFrom(tensor));
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** All that is committed, once there are so many and no more come for a second. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int least) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
      consumer.assign(partitions);
      long end = System.nanoTime() + PATIENCE.toNanos();
      int quiet = 0;
      while (System.nanoTime() < end && (found.size() < least || quiet < 5)) {
        int before = found.size();
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
        quiet = found.size() == before ? quiet + 1 : 0;
      }
    }
    return found;
  }
}
