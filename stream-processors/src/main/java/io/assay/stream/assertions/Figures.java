package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.TruthFate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

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
  private final LongAdder unpaired = new LongAdder();
  private final LongAdder ticks = new LongAdder();
  private final LongAdder migrated = new LongAdder();
  private final LongAdder restarted = new LongAdder();
  private final AtomicLong lastEventNanos = new AtomicLong(Long.MIN_VALUE);
  private final Map<String, String> assertionErrors = new ConcurrentHashMap<>();
  private final Map<String, Map<TruthFate, LongAdder>> truths = new ConcurrentHashMap<>();
  private final Map<String, String> suspended = new ConcurrentHashMap<>();
  private final Map<String, AssertionFigures> assertions = new ConcurrentHashMap<>();
  private volatile String lastFailure = "";

  /**
   * @param stream its name
   */
  public Figures(String stream) {
    this.stream = stream;
  }

  /** Whose figures these are. */
  public String stream() {
    return stream;
  }

  public void judgedOne(long atNanos) {
    events.increment();
    lastEventNanos.set(atNanos);
  }

  public void foundOne() {
    violations.increment();
  }

  public void putAsideOne() {
    deadLetters.increment();
  }

  public void lateOne() {
    late.increment();
  }

  public void droppedOne() {
    duplicates.increment();
  }

  /** Put aside too, since its other half did not come in time. */
  public void unpairedOne() {
    unpaired.increment();
    deadLetters.increment();
  }

  void tickedOne() {
    ticks.increment();
  }

  /** A truth came, or one that waited is over. */
  void turnedOut(String truth, TruthFate fate) {
    truths
        .computeIfAbsent(truth, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(fate, one -> new LongAdder())
        .increment();
  }

  /** What is remembered of a key was stored by an older version, and goes on. */
  void migratedOne() {
    migrated.increment();
    if (migrated.sum() == 1) {
      told(Level.INFO)
          .log("stream '{}': states of an older version are migrated as their keys come", stream);
    }
  }

  /**
   * What was remembered of a key cannot be read. Logged for the first, the tenth, the hundredth.
   */
  void restarted(String key, RuntimeException why) {
    restarted.increment();
    long so = restarted.sum();
    if (isPowerOfTen(so)) {
      told(Level.WARN)
          .setCause(why)
          .log(
              "stream '{}': the state of key '{}' cannot be read and starts anew ({} keys so far)",
              stream,
              key,
              so);
    }
  }

  private static boolean isPowerOfTen(long number) {
    long rest = number;
    while (rest > 1 && rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }

  /** Logged once for each assertion and message. */
  public void assertionFailed(String assertion, String message) {
    if (!message.equals(assertionErrors.put(assertion, message))) {
      told(Level.WARN)
          .addKeyValue("assertion", assertion)
          .log("stream '{}': assertion '{}' is in error: {}", stream, assertion, message);
    }
  }

  /** An assertion takes too much, and is left out for a while. */
  void assertionSuspended(String assertion, String why) {
    if (suspended.put(assertion, why) == null) {
      told(Level.WARN)
          .addKeyValue("assertion", assertion)
          .log("stream '{}': assertion '{}' is suspended: {}", stream, assertion, why);
    }
  }

  /** Those that were suspended are judged again. */
  void assertionsResumed() {
    if (!suspended.isEmpty()) {
      told(Level.INFO)
          .log(
              "stream '{}': suspended assertions are judged again: {}", stream, suspended.keySet());
      suspended.clear();
    }
  }

  /** What was wrong with assertions of before is no more. */
  void rulesChanged() {
    assertionErrors.clear();
    suspended.clear();
  }

  void counted(String assertion, Tally tally, long by) {
    of(assertion).counted(tally, by);
  }

  void took(String assertion, long events, long cpuNanos) {
    of(assertion).took(events, cpuNanos);
  }

  private AssertionFigures of(String assertion) {
    return assertions.computeIfAbsent(assertion, unused -> new AssertionFigures());
  }

  /** These are judged from now on; of others nothing is told any more. */
  public void judging(Set<String> names) {
    assertions.keySet().retainAll(names);
    names.forEach(this::of);
  }

  /** By name. */
  public Map<String, AssertionFigures> assertions() {
    return Map.copyOf(assertions);
  }

  /** Something that should not happen, and did not stop the stream. */
  public synchronized void failed(String what, RuntimeException why) {
    String message = what + ": " + why;
    if (!message.equals(lastFailure)) {
      lastFailure = message;
      told(Level.WARN).setCause(why).log("stream '{}': {}", stream, what);
    }
  }

  /** Structured logs have the stream in a field of its own. */
  private LoggingEventBuilder told(Level level) {
    return LOG.atLevel(level).addKeyValue("stream", stream);
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

  /** Requests and responses of serving stacks whose other half did not come in time. */
  public long unpaired() {
    return unpaired.sum();
  }

  /** Times that something was decided because nothing came. */
  public long ticks() {
    return ticks.sum();
  }

  /** Keys whose state was stored by an older version and was taken over. */
  public long migrated() {
    return migrated.sum();
  }

  /** Keys whose state could not be read and began anew. */
  public long restarted() {
    return restarted.sum();
  }

  /** What became of truths, by their names: those of no use have another fate than used. */
  public Map<String, Map<TruthFate, Long>> truths() {
    Map<String, Map<TruthFate, Long>> all = new TreeMap<>();
    truths.forEach(
        (name, fates) -> {
          Map<TruthFate, Long> own = new EnumMap<>(TruthFate.class);
          fates.forEach((fate, count) -> own.put(fate, count.sum()));
          all.put(name, own);
        });
    return all;
  }

  /** What became of truths, whatever they are called. */
  public Map<TruthFate, Long> fates() {
    Map<TruthFate, Long> all = new EnumMap<>(TruthFate.class);
    truths()
        .values()
        .forEach(fates -> fates.forEach((fate, count) -> all.merge(fate, count, Long::sum)));
    return all;
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

  /** Assertions that some task leaves out because they took too much, by name; and how much. */
  public Map<String, String> suspended() {
    return Map.copyOf(suspended);
  }

  /** The last failure that did not stop the stream; empty without one. */
  public String lastFailure() {
    return lastFailure;
  }
}
