package io.assay.web.rules;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleGenerations;
import io.assay.stream.contract.RuleListener;
import io.assay.stream.contract.RuleSet;
import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are active in each project, as the topic has them now. Rules that this program
 * cannot compile change nothing here: the last good ones stay.
 */
public final class ActiveRules implements AutoCloseable {
  private final Topics topics;
  private final Map<String, RuleGenerations> projects = new ConcurrentHashMap<>();
  private final @Nullable RuleFollower follower;

  private ActiveRules(Optional<Map<String, Object>> clients, Topics topics) {
    this.topics = topics;
    this.follower =
        clients.map(given -> RuleFollower.start(given, topics, following())).orElse(null);
  }

  /** Of no project, where there is no broker to ask. */
  public static ActiveRules none(Topics topics) {
    return new ActiveRules(Optional.empty(), topics);
  }

  /** Returns at once; {@code clients}: settings of Kafka's clients, the servers among them. */
  public static ActiveRules follow(Map<String, Object> clients, Topics topics) {
    return new ActiveRules(Optional.of(clients), topics);
  }

  private RuleListener following() {
    return new RuleListener() {
      @Override
      public void came(List<RuleSet> sets) {
        take(sets);
      }

      @Override
      public void forgotten(String project, long generation) {
        known(project).forget(generation);
      }
    };
  }

  private void take(List<RuleSet> sets) {
    for (String project : sets.stream().map(RuleSet::project).collect(Collectors.toSet())) {
      known(project).add(sets);
    }
  }

  private RuleGenerations known(String project) {
    return projects.computeIfAbsent(project, name -> new RuleGenerations(name, topics));
  }

  /** Whether there is a broker to hear of rules from. */
  public boolean isConnected() {
    return follower != null;
  }

  /** Assay's own, which no rules may name. */
  public Topics topics() {
    return topics;
  }

  /** The projects whose rules name a topic. */
  Set<String> naming(String topic) {
    return projects.keySet().stream()
        .filter(project -> of(project).filter(r -> r.topics().contains(topic)).isPresent())
        .collect(Collectors.toSet());
  }

  /** Whether the rules of any project name a topic. */
  public boolean isNamed(String topic) {
    return !naming(topic).isEmpty();
  }

  /**
   * Waits until all that was published before the start is known: until then nothing is said by the
   * absence of rules.
   *
   * @return whether it is
   */
  public boolean awaitKnown(Duration atMost) throws InterruptedException {
    return follower == null || follower.awaitCaughtUp(atMost);
  }

  /** Why nothing is heard of rules at the moment; empty where all is well. */
  Optional<RuntimeException> trouble() {
    return Optional.ofNullable(follower).flatMap(RuleFollower::trouble);
  }

  /** All rules of a project, drafts too. */
  public Optional<CheckedRules> of(String project) {
    return generation(project).map(RuleGeneration::rules);
  }

  /** A declared stream of a project. */
  public Optional<StreamType> stream(String project, String name) {
    return of(project).flatMap(rules -> rules.stream(name));
  }

  /** The same as {@link #of}, and who published it. */
  public Optional<RuleGeneration> generation(String project) {
    return Optional.ofNullable(projects.get(project)).flatMap(RuleGenerations::newest);
  }

  /** A newer generation that cannot be compiled here, and why. */
  public Optional<RuleGenerations.Refusal> refusal(String project) {
    return Optional.ofNullable(projects.get(project)).flatMap(RuleGenerations::refusal);
  }

  /** Any generation that is not forgotten and compiles here. */
  public Optional<RuleGeneration> generation(String project, long number) {
    return Optional.ofNullable(projects.get(project)).flatMap(known -> known.of(number));
  }

  /** Waits until a generation is known here. */
  boolean await(String project, long generation, Duration atMost) throws InterruptedException {
    return known(project).await(generation, atMost);
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
  }
}
