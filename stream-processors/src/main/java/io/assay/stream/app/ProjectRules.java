package io.assay.stream.app;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleGenerations;
import io.assay.stream.contract.RuleListener;
import io.assay.stream.contract.RuleSet;
import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a project: those that are published, followed as they change, or some that stay.
 * Processors and archive go by the same.
 */
public final class ProjectRules implements AutoCloseable {
  /** A task that has noted a generation runs where the topic is perhaps not read so far yet. */
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);

  private final RuleGenerations generations;
  private final @Nullable Known fixed;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private @Nullable RuleFollower follower;
  private volatile @Nullable Known newest;

  /**
   * A generation, told from others by identity.
   *
   * @param number 0 for rules that stay
   */
  record Known(long number, CheckedRules rules) {}

  private ProjectRules(RuleGenerations generations, @Nullable Known fixed) {
    this.generations = generations;
    this.fixed = fixed;
    this.newest = fixed;
  }

  /** Rules that stay as they are. */
  public static ProjectRules fixed(CheckedRules rules) {
    var none = new RuleGenerations(ProcessorSettings.DEFAULT_PROJECT, Topics.standard());
    return new ProjectRules(none, new Known(0, rules));
  }

  /** Those that are published for the project; returns at once. */
  public static ProjectRules follow(ProcessorSettings settings) {
    var generations = new RuleGenerations(settings.project(), settings.topics());
    var rules = new ProjectRules(generations, null);
    rules.follower =
        RuleFollower.start(KafkaSettings.clients(settings), settings.topics(), rules.following());
    return rules;
  }

  private RuleListener following() {
    return new RuleListener() {
      @Override
      public void came(List<RuleSet> sets) {
        generations.add(sets);
        generations.newest().ifPresent(ProjectRules.this::take);
        listeners.forEach(Runnable::run);
      }

      @Override
      public void forgotten(String project, long generation) {
        if (project.equals(generations.project())) {
          generations.forget(generation);
        }
      }
    };
  }

  private void take(RuleGeneration generation) {
    Known now = newest;
    if (now == null || now.number() != generation.number()) {
      newest = new Known(generation.number(), generation.rules());
    }
  }

  /** Called whenever there are others, on a thread that must not be held up. */
  void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** The newest that can be used here; empty while there are none. */
  Optional<Known> newest() {
    return Optional.ofNullable(newest);
  }

  /** One that a task has noted; it is waited for where others have read further. */
  Optional<Known> of(long number) {
    if (fixed != null) {
      return Optional.empty();
    }
    await(number);
    Optional<Known> now = newest().filter(known -> known.number() == number);
    return now.isPresent()
        ? now
        : generations.of(number).map(one -> new Known(one.number(), one.rules()));
  }

  /** Waits until it is known here whether a generation can be used. */
  void await(long number) {
    try {
      if (fixed == null) {
        generations.await(number, KNOWN_WITHIN);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The newest of all, if it cannot be used here. */
  public Optional<RuleGenerations.Refusal> refusal() {
    return generations.refusal();
  }

  /** Why nothing is heard of rules at the moment; empty when all is well. */
  String failure() {
    return follower == null ? "" : follower.failure();
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
  }
}
