package io.assay.stream.assertions;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tasks of one stream have done since the program started, for whoever watches.
 *
 * <p>These count attempts, those of an aborted transaction too; the exact figures are on the counts
 * topic.
 */
public final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final String stream;
  private final LongAdder events = new LongAdder();
  private final LongAdder violations = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final AtomicLong lastEventNanos = new AtomicLong(Long.MIN_VALUE);
  private final Map<String, String> assertionErrors = new ConcurrentHashMap<>();
  private volatile String lastFailure = "";

  /**
   * @param stream its name
   */
  public Figures(String stream) {
    this.stream = stream;
  }

  void judgedOne(long atNanos) {
    events.increment();
    lastEventNanos.set(atNanos);
  }

  void foundOne() {
    violations.increment();
  }

  void putAsideOne() {
    deadLetters.increment();
  }

  void lateOne() {
    late.increment();
  }

  void droppedOne() {
    duplicates.increment();
  }

  /** Logged once for each assertion and message. */
  void assertionFailed(String assertion, String message) {
    if (!message.equals(assertionErrors.put(assertion, message))) {
      LOG.warn("stream '{}': assertion '{}' is in error: {}", stream, assertion, message);
    }
  }

  /** Something that should not happen, and did not stop the stream. */
  synchronized void failed(String what, RuntimeException why) {
    String message = what + ": " + why;
    if (!message.equals(lastFailure)) {
      lastFailure = message;
      LOG.warn("stream '{}': {}", stream, what, why);
    }
  }

  public long events() {
    return events.sum();
  }

  public long violations() {
    return violations.sum();
  }

  public long deadLetters() {
    return deadLetters.sum();
  }

  public long late() {
    return late.sum();
  }

  /** Events seen before and dropped. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Event time of the event judged last, nanoseconds. */
  public Optional<Long> lastEventNanos() {
    long last = lastEventNanos.get();
    return last == Long.MIN_VALUE ? Optional.empty() : Optional.of(last);
  }

  /** The assertions in error, with what went wrong. */
  public Map<String, String> assertionErrors() {
    return Map.copyOf(assertionErrors);
  }

  /** The last failure that did not stop the stream; empty without one. */
  public String lastFailure() {
    return lastFailure;
  }
}
