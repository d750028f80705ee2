package io.assay.web.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.Topics;
import io.assay.web.system.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a broker says, told with whether it helps to try again. */
class AsideRecordsTest {
  private final AsideRecords records =
      new AsideRecords(Optional.of(Map.of("bootstrap.servers", "127.0.0.1:1")), Topics.standard());

  private Refused refused(KafkaException failure) {
    try {
      records.read(
          false,
          reader -> {
            throw failure;
          });
    } catch (Refused refused) {
      return refused;
    }
    throw new IllegalStateException("it was taken");
  }

  @Test
  void aRightThatIsMissingIsNamedAndDoesNotComeByItself() {
    Refused refused = refused(new TopicAuthorizationException(Set.of("assay.repairs")));
    assertThat(refused.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    assertThat(refused.detail())
        .contains("denies a right", "docs/kafka-acls.md", "TopicAuthorization", "assay.repairs");
    assertThat(refused.answer("/x").getHeaders().get(HttpHeaders.RETRY_AFTER)).isNull();
    assertThat(
            refused(
                    new KafkaException(
                        "not known", new TransactionalIdAuthorizationException("assay.repairs.a")))
                .detail())
        .contains("denies a right", "assay.repairs.a");
  }

  @Test
  void credentialsThatAreRefusedAreToldAsSuch() {
    Refused refused = refused(new SaslAuthenticationException("invalid credentials"));
    assertThat(refused.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    assertThat(refused.detail()).contains("refuses these credentials", "assay.kafka.*");
  }

  @Test
  void whoeverIsAwayMayComeBack() {
    Refused refused = refused(new TimeoutException("no answer"));
    assertThat(refused.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(refused.answer("/x").getHeaders().get(HttpHeaders.RETRY_AFTER)).containsExactly("5");
  }
}
