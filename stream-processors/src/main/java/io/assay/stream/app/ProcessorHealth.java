package io.assay.stream.app;

import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.training.TrainingStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the processors of this process live, and whether they are ready, for who looks after it.
 *
 * <p>A stream that is blocked, or waits for its topic, does not make the process dead: starting it
 * again would help nothing, and disturb the others.
 */
public final class ProcessorHealth {
  /** Of failing and starting again; a broker that is away for long is waited for, not failed. */
  private static final Duration DEAD_AFTER = Duration.ofMinutes(5);

  /** Records of one stream that wait, beyond which it is not ready. */
  public static final long DEFAULT_READY_LAG = 100_000;

  /** No stream is called so. */
  private static final String RULES = "rules in use";

  private static final String IMPUTERS = "imputers in training";

  private final StreamProcessors processors;
  private final Supplier<String> unpublished;

  /** {@code unpublished}: why what someone has changed is not published; empty when it is. */
  public ProcessorHealth(StreamProcessors processors, Supplier<String> unpublished) {
    this.processors = processors;
    this.unpublished = unpublished;
  }

  /** Down where only a new process can help: streams fail without end, or nobody looks any more. */
  public HealthIndicator alive() {
    return () ->
        of(
            processors.isWatched(),
            status -> status.state() != State.FAILED || status.failing().compareTo(DEAD_AFTER) < 0);
  }

  /** Up while every stream is judged, and at most so many records of it wait. */
  public HealthIndicator ready(long mostLag) {
    return () ->
        of(true, status -> status.state() == State.RUNNING && status.lag().orElse(0) <= mostLag);
  }

  private Health of(boolean watched, Predicate<StreamStatus> isWell) {
    List<StreamStatus> all = processors.status();
    Health.Builder health = watched && all.stream().allMatch(isWell) ? Health.up() : Health.down();
    health.withDetail(RULES, rules());
    all.forEach(status -> health.withDetail(status.stream(), details(status)));
    List<TrainingStatus> imputers = processors.imputers();
    if (!imputers.isEmpty()) {
      health.withDetail(IMPUTERS, imputers);
    }
    return health.build();
  }

  /** What stands in the way of newer ones makes nothing unready: those in use go on. */
  private Map<String, Object> rules() {
    RulesStatus now = processors.rules();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("generation", now.generation());
    details.put("documentHash", now.documentHash());
    details.put("refused", now.refused());
    details.put("unpublished", unpublished.get());
    details.values().removeIf(""::equals);
    return details;
  }

  private static Map<String, Object> details(StreamStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", status.state());
    if (!status.message().isEmpty()) {
      details.put("message", status.message());
    }
    status.lag().ifPresent(lag -> details.put("lag", lag));
    if (!status.failing().isZero()) {
      details.put("failingForSeconds", status.failing().toSeconds());
    }
    details.put("topic", status.topic());
    details.put("group", status.applicationId());
    details.put("events", status.figures().events());
    details.put("violations", status.figures().violations());
    details.put("deadLetters", status.figures().deadLetters());
    details.put("late", status.figures().late());
    details.put("assertionsInError", status.figures().assertionErrors().keySet());
    details.put("assertionsSuspended", status.figures().suspended());
    return details;
  }
}
