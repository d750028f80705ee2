package io.assay.web.aside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.event.Coordinates;
import io.assay.embedded.TestBroker;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
import io.assay.web.system.RunningWeb;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A web interface and a broker with letters that processors have put aside. */
public final class AsideSite implements AutoCloseable {
  private static final long RECEIVED = 1_700_000_000_000L;

  private final TestBroker broker = TestBroker.shared();
  final Topics topics = new Topics(broker.name("letters"));
  public final String source = broker.freshTopic("frames", 1);
  public final RunningWeb web;
  private final KafkaProducer<byte[], byte[]> producer;

  private AsideSite(Map<String, Object> more) {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
    var properties = new HashMap<String, Object>(more);
    properties.put("assay.sink.bootstrap-servers", broker.bootstrapServers());
    properties.put("assay.sink.prefix", topics.prefix());
    web = RunningWeb.start(properties);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static AsideSite start(Map<String, Object> more) {
    return new AsideSite(more);
  }

  /** A record of stream {@code frames} that could not be read. */
  public void letter(String project, String cause, String detail, long offset, String value) {
    letter(project, cause, detail, offset, value, RECEIVED);
  }

  /** One that was received at a time. */
  void letter(
      String project, String cause, String detail, long offset, String value, long received) {
    var letter = new DeadLetter(provenance(project, offset, received), cause, detail);
    send(topics.deadLetters(), value.getBytes(UTF_8), letter::write);
  }

  public void late(long offset, String value) {
    var late =
        new LateRecord(
            provenance("default", offset, RECEIVED), LateRecord.LATE, 1_600_000_000_000L);
    send(topics.late(), value.getBytes(UTF_8), late::write);
  }

  private Provenance provenance(String project, long offset, long received) {
    return new Provenance(project, "frames", new Coordinates(source, 0, offset), received);
  }

  private void send(String topic, byte[] value, Consumer<Headers> provenance) {
    var original = new RecordHeaders();
    original.add("traceparent", "00-ab-cd-01".getBytes(UTF_8));
    var aside = Aside.record("c1".getBytes(UTF_8), value, original, 0, provenance);
    var unused =
        producer.send(new ProducerRecord<>(topic, 0, aside.key(), aside.value(), aside.headers()));
  }

  /** Until the broker has all. */
  public void flush() {
    producer.flush();
  }

  /** How many committed records a topic has. */
  long committed(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
      long found = 0;
      while (consumer.position(partition) < end) {
        found += consumer.poll(Duration.ofMillis(100)).count();
      }
      return found;
    }
  }

  public String add(String name, Role role) {
    Members members = web.running().context().getBean(Members.class);
    if (members.add("default", "system", name, role) instanceof Change.NewPassword made) {
      return made.password();
    }
    throw new IllegalStateException(name + " could not be added");
  }

  BrowsingClient member(Role role) {
    String name = "a-" + role.name().toLowerCase(java.util.Locale.ROOT);
    var client = new BrowsingClient(web.address());
    client.login(name, add(name, role));
    return client;
  }

  String secret(Scope... scopes) {
    Tokens tokens = web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("tests", Set.of(scopes), Set.of(), null);
    if (tokens.create("default", "system", wish) instanceof Tokens.Creation.Made made) {
      return made.secret();
    }
    throw new IllegalStateException("no token was made");
  }

  ProgramClient program(Scope... scopes) {
    return new ProgramClient(web.address(), secret(scopes));
  }

  @Override
  public void close() {
    producer.close();
    web.close();
  }
}
