package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.delivery.Answer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackAnswerTest {
  private static final Optional<Duration> ASKED = Optional.of(Duration.ofSeconds(30));

  @Test
  void whatIsTakenIsDelivered() {
    assertThat(taken("ok")).isEqualTo(new Outcome.Delivered());
    assertThat(taken("{\"ok\":true,\"ts\":\"1.2\"}")).isEqualTo(new Outcome.Delivered());
  }

  @Test
  void aLimitIsKeptForAsLongAsSlackAsks() {
    assertThat(turned(429, "rate_limited"))
        .isEqualTo(new Outcome.Later("Slack says rate_limited", ASKED));
    assertThat(turned(429, "{\"ok\":false,\"error\":\"ratelimited\"}"))
        .isEqualTo(new Outcome.Later("Slack says ratelimited", ASKED));
    assertThat(turned(500, "")).isEqualTo(new Outcome.Later("it answered 500", ASKED));
    assertThat(taken("{\"ok\":false,\"error\":\"internal_error\"}"))
        .isEqualTo(new Outcome.Later("Slack says internal_error", Optional.empty()));
  }

  @Test
  void whatIsWrongForGoodIsDead() {
    assertThat(taken("{\"ok\":false,\"error\":\"channel_not_found\"}"))
        .isEqualTo(new Outcome.Dead("Slack says channel_not_found"));
    assertThat(turned(404, "no_service")).isEqualTo(new Outcome.Dead("Slack says no_service"));
    assertThat(new SlackAnswer(new Answer.Taken("{\"ok\":false,\"error\":\"invalid_blocks\"}")))
        .matches(SlackAnswer::refusesBlocks);
  }

  @Test
  void nothingElseOfAnAnswerIsRepeated() {
    assertThat(turned(403, "https://hooks.slack.com/services/secret"))
        .isEqualTo(new Outcome.Dead("it answered 403"));
    assertThat(taken("{\"ok\":false,\"error\":\"Bearer xoxb-1\"}"))
        .isEqualTo(new Outcome.Dead("Slack says unknown_error"));
  }

  private static Outcome taken(String body) {
    return new SlackAnswer(new Answer.Taken(body)).outcome();
  }

  private static Outcome turned(int status, String body) {
    return new SlackAnswer(new Answer.Turned(status, ASKED, body)).outcome();
  }
}
