package io.assay.web.alerts.channels;

import io.assay.web.delivery.Answer;
import java.time.Duration;
import java.util.Optional;

/** What became of one attempt. */
sealed interface Outcome {
  /** The target has it. */
  record Delivered() implements Outcome {}

  /**
   * It may be taken later.
   *
   * @param notBefore how long the receiver asks to wait
   */
  record Later(String why, Optional<Duration> notBefore) implements Outcome {}

  /** It will not be taken, however often it is tried. */
  record Dead(String why) implements Outcome {}

  /** By what HTTP says. */
  static Outcome of(Answer answer) {
    return switch (answer) {
      case Answer.Taken ignored -> new Delivered();
      case Answer.Turned turned when turned.mayPass() ->
          new Later("it answered " + turned.status(), turned.retryAfter());
      case Answer.Turned turned -> new Dead("it answered " + turned.status());
      case Answer.None(String why) -> new Later(why, Optional.empty());
      case Answer.Private ignored ->
          new Dead("it is in a private network; assay.alerts.private-networks allows that");
    };
  }
}
