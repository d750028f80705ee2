package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  private final ProcessorSettings settings =
      ProcessorSettings.of("localhost:9092", Path.of("unused"));

  @Test
  void takesGuaranteeThreadsAndStandbyReplicas() {
    StreamsConfig usual = streams(settings);
    assertThat(usual.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("exactly_once_v2");
    assertThat(usual.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isZero();

    StreamsConfig other = streams(settings.running(false, 3, 2));
    assertThat(other.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("at_least_once");
    assertThat(other.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(3);
    assertThat(other.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(2);
  }

  @Test
  void everyThreadIsAMemberThatIsKnownAgain() {
    StreamsConfig config = streams(settings.running(true, 2, 0));
    assertThat(config.getMainConsumerConfigs("group", "client", 1))
        .containsEntry("group.instance.id", "machine-1");
    assertThat(config.getMainConsumerConfigs("group", "client", 2))
        .containsEntry("group.instance.id", "machine-2");
  }

  @Test
  void allClientsAskTheSameBrokers() {
    ProcessorSettings other = settings.kafka(Map.of("bootstrap.servers", "elsewhere:9092"));
    assertThat(streams(other).getList(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG))
        .containsExactly("localhost:9092");
    assertThat(KafkaSettings.archive(other, "machine"))
        .containsEntry("bootstrap.servers", "localhost:9092");
    assertThat(KafkaSettings.admin(other)).containsEntry("bootstrap.servers", "localhost:9092");
  }

  /** Racks are the installation's business: nothing of ours stands in their way. */
  @Test
  void passesKafkasOwnSettingsOn() {
    Map<String, String> own =
        Map.of(
            "client.rack",
            "a",
            "rack.aware.assignment.strategy",
            "balance_subtopology",
            "commit.interval.ms",
            "7",
            "security.protocol",
            "SASL_SSL");
    StreamsConfig config = streams(settings.kafka(own));
    assertThat(config.getMainConsumerConfigs("group", "client", 1))
        .containsEntry("client.rack", "a")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(config.getString("rack.aware.assignment.strategy")).isEqualTo("balance_subtopology");
    assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(7);
    assertThat(KafkaSettings.admin(settings.kafka(own))).containsEntry("client.rack", "a");
  }

  @Test
  void aLongRequestTimeoutOfOneClientSuitsAllOfThem() {
    Map<String, Object> admin =
        KafkaSettings.admin(settings.kafka(Map.of("request.timeout.ms", "60000")));
    assertThat(new AdminClientConfig(admin).getInt("default.api.timeout.ms")).isEqualTo(60_000);
    Admin.create(admin).close();
  }

  private static StreamsConfig streams(ProcessorSettings settings) {
    Properties properties = KafkaSettings.streams(settings, "group", "machine");
    return new StreamsConfig(properties);
  }
}
