package io.assay.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The servers that all other tests lean on. */
final class TestServersTest {

  @Test
  void databasesAreSeparate() throws Exception {
    TestPostgres.Database one = TestPostgres.shared().fresh();
    TestPostgres.Database other = TestPostgres.shared().fresh();
    try (var connection = one.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (id int)");
    }
    try (var connection = other.connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT to_regclass('mine')")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isNull();
    }
  }

  @Test
  void theBrokerGivesBackWhatItTook() throws Exception {
    TestBroker broker = TestBroker.shared();
    String topic = broker.freshTopic("greetings", 1);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", "hello")).get();
    }
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", broker.name("group"),
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      var records = consumer.poll(Duration.ofSeconds(20));
      assertThat(records)
          .singleElement()
          .satisfies(it -> assertThat(it.value()).isEqualTo("hello"));
    }
  }
}
