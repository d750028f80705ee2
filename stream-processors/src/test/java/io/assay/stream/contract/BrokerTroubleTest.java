package io.assay.stream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka's clients say, in words. */
class BrokerTroubleTest {
  private static String told(Throwable failure) {
    return BrokerTrouble.told(
        "kafka:9092", Map.of("security.protocol", "SSL"), "assay.kafka.*", failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to commit offsets: Coordinator unknown and consumer is closing",
        "Failed to close kafka consumer",
        "Failed to checkpoint task 0_1",
        "Failed to load record batch at position 17"
      })
  void aClientThatWorkedIsNotToldToLackSettings(String said) {
    assertThat(told(new KafkaException(said)))
        .isEqualTo("the broker at kafka:9092 does not answer as needed: " + said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to construct kafka consumer",
        "Failed to construct Kafka consumer",
        "Failed to construct kafka producer",
        "Failed to create new KafkaAdminClient",
        "Failed to load SSL keystore trust.p12 of type PKCS12"
      })
  void aClientThatCannotBeMadeIsToldSo(String said) {
    assertThat(told(new KafkaException(said, new ConfigException("retries must be a number"))))
        .isEqualTo("Kafka's clients cannot be made of assay.kafka.*: retries must be a number");
  }

  @Test
  void aNameThatNobodyKnowsIsOfTheServersAndNotOfTheSettings() {
    var unknown = new ConfigException("No resolvable bootstrap urls given in bootstrap.servers");
    assertThat(told(new KafkaException("Failed to construct kafka producer", unknown)))
        .startsWith("the broker at kafka:9092 does not answer as needed: ")
        .endsWith("No resolvable bootstrap urls given in bootstrap.servers");
  }

  @Test
  void aTimeoutIsTheSameHoweverLongItWas() {
    var first = new TimeoutException("Failed to get offsets by times in 10001ms");
    var second = new TimeoutException("Failed to get offsets by times in 10000ms");
    assertThat(BrokerTrouble.isAgain(first, second)).isTrue();
    assertThat(BrokerTrouble.isAgain(null, second)).isFalse();
    assertThat(BrokerTrouble.isAgain(first, new TimeoutException("Topic r not present"))).isFalse();
    assertThat(BrokerTrouble.isAgain(first, new KafkaException(first.getMessage()))).isFalse();
    assertThat(BrokerTrouble.told(Map.of("bootstrap.servers", "kafka:9092"), first))
        .startsWith("the broker at kafka:9092 does not answer as needed: ");
  }

  @Test
  void whatIsRefusedIsNotWaitedFor() {
    var right = new TopicAuthorizationException(Set.of("assay.rules"));
    assertThat(BrokerTrouble.isRefusal(right)).isTrue();
    assertThat(BrokerTrouble.isRefusal(new KafkaException("the end is not known", right))).isTrue();
    assertThat(BrokerTrouble.isRefusal(new SaslAuthenticationException("who?"))).isTrue();
    assertThat(BrokerTrouble.isRefusal(new SslAuthenticationException("whom?"))).isTrue();
    assertThat(BrokerTrouble.isRefusal(new TimeoutException("away"))).isFalse();
    assertThat(BrokerTrouble.isRefusal(new KafkaException("other"))).isFalse();
  }
}
