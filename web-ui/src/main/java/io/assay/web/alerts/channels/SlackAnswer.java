package io.assay.web.alerts.channels;

import io.assay.web.delivery.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Slack has answered. Its methods answer 200 with {@code {"ok":false,"error":…}} where
 * something is wrong, its webhooks with a status and the word alone.
 */
record SlackAnswer(Answer answer) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Where the request may be right, and Slack is not ready. */
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  private static final Set<String> BLOCKS = Set.of("invalid_blocks", "invalid_attachments");

  /** Whether it does not take a part of the message, such as a picture that it cannot fetch. */
  boolean refusesBlocks() {
    return BLOCKS.contains(error());
  }

  Outcome outcome() {
    String error = error();
    if (error.isEmpty()) {
      return Outcome.of(answer);
    }
    String why = "Slack says " + error;
    return switch (answer) {
      case Answer.Turned turned when turned.mayPass() || PASSING.contains(error) ->
          new Outcome.Later(why, turned.retryAfter());
      case Answer.Taken ignored when PASSING.contains(error) ->
          new Outcome.Later(why, Optional.<Duration>empty());
      case Answer.Taken ignored -> new Outcome.Dead(why);
      case Answer.Turned ignored -> new Outcome.Dead(why);
      case Answer.None ignored -> Outcome.of(answer);
      case Answer.Private ignored -> Outcome.of(answer);
    };
  }

  /** The word by which Slack says what is wrong; empty where it says none. */
  private String error() {
    return switch (answer) {
      case Answer.Taken(String body) -> body.startsWith("{") ? member(body) : "";
      case Answer.Turned turned ->
          turned.body().startsWith("{") ? member(turned.body()) : word(turned.body().strip());
      case Answer.None ignored -> "";
      case Answer.Private ignored -> "";
    };
  }

  private static String member(String body) {
    try {
      JsonNode told = JSON.readTree(body);
      String error = word(told.path("error").asString(""));
      return told.path("ok").asBoolean(false) ? "" : error.isEmpty() ? "unknown_error" : error;
    } catch (JacksonException cut) {
      // Only a message that was taken comes back whole, and is longer than what is read of it.
      return "";
    }
  }

  /** Nothing else of an answer is repeated: it might hold what it was sent to. */
  private static String word(String text) {
    return text.matches("[a-z_]{2,60}") ? text : "";
  }
}
