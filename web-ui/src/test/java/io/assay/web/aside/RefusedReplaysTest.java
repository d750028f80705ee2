package io.assay.web.aside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.assay.assertion.event.Coordinates;
import io.assay.embedded.SecureBroker;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Dead letters on a broker that denies one right after the other: each is named. */
class RefusedReplaysTest {
  private final SecureBroker broker = SecureBroker.shared();
  private final String user = "refused-" + UUID.randomUUID().toString().substring(0, 8);
  private final Topics topics = new Topics(user);
  private final String source = user + ".frames";
  private AsideRecords records;

  @BeforeEach
  void putAside() throws Exception {
    broker.addUser(user, "secret-" + user);
    List<NewTopic> made = new ArrayList<>();
    topics.plans(1).stream().map(TopicPlan::newTopic).forEach(made::add);
    made.add(new NewTopic(source, 1, (short) 1));
    try (Admin admin = broker.admin()) {
      admin.createTopics(made).all().get();
    }
    var from = new Provenance("default", "frames", new Coordinates(source, 0, 7), 0);
    var letter = new DeadLetter(from, "no-time", "needed a time");
    var aside =
        Aside.record(new byte[0], "{}".getBytes(UTF_8), new RecordHeaders(), 0, letter::write);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var record =
          new ProducerRecord<>(
              topics.deadLetters(), 0, aside.key(), aside.value(), aside.headers());
      producer.send(record).get();
    }
    var clients = new HashMap<String, Object>(broker.scramOverTls(user, "secret-" + user));
    clients.put("bootstrap.servers", broker.saslSsl());
    records = new AsideRecords(Optional.of(clients), topics);
  }

  private void allow(AclOperation operation, ResourceType type, String name) throws Exception {
    var entry = new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    var resource = new ResourcePattern(type, name, PatternType.LITERAL);
    try (Admin admin = broker.admin()) {
      admin.createAcls(List.of(new AclBinding(resource, entry))).all().get();
    }
  }

  private static void assertDenied(ThrowingCallable asked, String what) {
    AsideRefused refused = catchThrowableOfType(AsideRefused.class, asked);
    assertThat(refused.detail())
        .contains("denies a right (docs/kafka-acls.md has those that are needed)", what)
        .doesNotContain("secret-");
    assertThat(refused.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
  }

  private AsideRecords.Listing list() {
    return records.list(AsideQuery.of("default", Map.of()), 10);
  }

  private List<Replayer.Outcome> replay() {
    List<Replayer.Outcome> told = new ArrayList<>();
    return records.read(
        false,
        reader -> {
          var letter = reader.read(new Position(0, 0)).orElseThrow();
          new Replayer(records.clients(), topics, "default", Clock.systemUTC())
              .replay(
                  List.of(Chosen.untouched(letter)), new ReplayPlan.Wish(false, "a"), told::add);
          return told;
        });
  }

  @Test
  void eachRightThatIsMissingIsNamedInItsTurn() throws Exception {
    assertDenied(this::list, topics.deadLetters());
    allow(AclOperation.READ, ResourceType.TOPIC, topics.deadLetters());
    assertDenied(this::list, topics.repairs());
    allow(AclOperation.READ, ResourceType.TOPIC, topics.repairs());
    assertThat(list().records()).hasSize(1);

    assertDenied(this::replay, source);
    allow(AclOperation.WRITE, ResourceType.TOPIC, source);
    String id = topics.repairs() + ".default";
    assertDenied(this::replay, "the transactional id " + id);
    allow(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id);
    assertDenied(this::replay, topics.repairs());
    allow(AclOperation.WRITE, ResourceType.TOPIC, topics.repairs());
    assertThat(replay()).hasSize(1);
    assertThat(list().records().getFirst().note()).isPresent();
  }
}
