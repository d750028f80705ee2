package io.assay.drill;

import java.time.Duration;

/** What is done to the installation, in turn. */
public enum Fault {
  PROCESSOR_KILLED("kill -9 of a processor", Duration.ofSeconds(15)),
  LEADER_KILLED("kill -9 of the leading broker", Duration.ofSeconds(5)),
  DATABASE_KILLED("kill -9 of PostgreSQL", Duration.ofSeconds(2)),
  PROCESSOR_PAUSED("a processor paused", Duration.ofSeconds(60));

  private final String text;
  private final Duration lasts;

  Fault(String text, Duration lasts) {
    this.text = text;
    this.lasts = lasts;
  }

  public String text() {
    return text;
  }

  /**
   * For how long what was killed stays away; a killed processor long enough for another to take
   * over.
   */
  Duration lasts() {
    return lasts;
  }
}
