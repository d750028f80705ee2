package io.assay.stream.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generations that nobody can still need: many newer ones have come, they are old, and no task
 * judges by them. In doubt all are kept.
 */
final class Retired {
  private static final Logger LOG = LoggerFactory.getLogger(Retired.class);
  private static final int KEPT = 100;
  private static final Duration KEPT_FOR = Duration.ofDays(30);

  private final Map<String, Object> clients;
  private final Topics topics;
  private final int kept;
  private final Duration keptFor;

  Retired(Map<String, Object> clients, Topics topics) {
    this(clients, topics, KEPT, KEPT_FOR);
  }

  /** {@code kept}: this many always stay; {@code keptFor}: and what is younger. */
  Retired(Map<String, Object> clients, Topics topics, int kept, Duration keptFor) {
    this.clients = clients;
    this.topics = topics;
    this.kept = kept;
    this.keptFor = keptFor;
  }

  /** Their chunks. */
  Collection<RuleChunk> of(RuleLog log, String project, Instant now) {
    List<Long> all = log.generations(project);
    List<Long> old =
        all.subList(0, Math.max(0, all.size() - kept)).stream()
            .filter(generation -> isOld(log, project, generation, now))
            .toList();
    if (old.isEmpty()) {
      return List.of();
    }
    Set<Long> used;
    try {
      used =
          RuleUses.of(clients, topics, project).stream()
              .map(RuleUse::generation)
              .collect(Collectors.toSet());
    } catch (KafkaException problem) {
      LOG.warn("which rules are in use is not known, so that all are kept", problem);
      return List.of();
    }
    List<RuleChunk> chunks = new ArrayList<>();
    for (long generation : old) {
      for (int i = 0; i < log.chunks(project, generation) && !used.contains(generation); i++) {
        chunks.add(new RuleChunk(project, generation, i));
      }
    }
    return chunks;
  }

  private boolean isOld(RuleLog log, String project, long generation, Instant now) {
    return log.of(project, generation)
        .map(set -> set.origin().at().isBefore(now.minus(keptFor)))
        .orElse(false);
  }
}
