package io.assay.stream.app;

import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.event.StreamType;
import io.assay.stream.assertions.LiveRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules that one Kafka Streams application goes by: the newest in which what it reads is as it
 * was at its start. With others it is stopped, and another begun.
 */
final class GroupRules implements LiveRules {
  private static final Duration TAKEN_UP_WITHIN = Duration.ofSeconds(10);

  private final ProjectRules project;
  private final Set<String> streams;
  private volatile Generation newest;

  /** {@code streams}: that must be connected as they are; of windows none. */
  GroupRules(ProjectRules project, List<StreamType> streams, ProjectRules.Known first) {
    this.project = project;
    this.streams = names(streams);
    this.newest = live(first);
  }

  private static Set<String> names(List<StreamType> streams) {
    return streams.stream().map(StreamType::name).collect(Collectors.toSet());
  }

  static Generation live(ProjectRules.Known known) {
    return new Generation(known.number(), known.rules().live());
  }

  /** From the next record on. */
  synchronized void take(Generation generation) {
    newest = generation;
    notifyAll();
  }

  @Override
  public Generation newest() {
    return newest;
  }

  @Override
  public Generation newest(long known) {
    return newest.number() >= known ? newest : awaited(known);
  }

  private synchronized Generation awaited(long known) {
    project.await(known);
    long until = System.nanoTime() + TAKEN_UP_WITHIN.toNanos();
    try {
      while (newest.number() < known && isUsable(known) && System.nanoTime() - until < 0) {
        wait(100);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return newest;
  }

  /** Whether it, or a later one, will be taken up here. */
  private boolean isUsable(long number) {
    return project.newest().filter(now -> now.number() >= number).isPresent();
  }

  @Override
  public Optional<Generation> of(long number) {
    Generation now = newest(number);
    if (now.number() == number) {
      return Optional.of(now);
    }
    if (now.number() < number) {
      return Optional.empty(); // it cannot be used here
    }
    return project
        .of(number)
        .filter(
            known ->
                streams.isEmpty()
                    || ConnectedStreams.of(known.rules().live()).stream()
                        .anyMatch(group -> names(group).equals(streams)))
        .map(GroupRules::live);
  }
}
