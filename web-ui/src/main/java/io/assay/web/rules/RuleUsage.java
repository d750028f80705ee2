package io.assay.web.rules;

import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What the tasks of all processors say of the rules that they judge by; asked for a moment. */
final class RuleUsage {
  private static final long KEPT_NANOS = 2_000_000_000L;

  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final Map<String, Answer> kept = new HashMap<>();

  private record Answer(long nanos, @Nullable List<RuleUse> uses) {}

  /** {@code clients}: none where there is no broker. */
  RuleUsage(Optional<Map<String, Object>> clients, Topics topics) {
    this.clients = clients;
    this.topics = topics;
  }

  /** Empty where nobody answers. One asks for all who look at a page at once. */
  synchronized Optional<List<RuleUse>> of(String project) {
    Answer last = kept.get(project);
    if (last == null || System.nanoTime() - last.nanos() > KEPT_NANOS) {
      last = new Answer(System.nanoTime(), clients.map(given -> ask(given, project)).orElse(null));
      kept.put(project, last);
    }
    return Optional.ofNullable(last.uses());
  }

  private @Nullable List<RuleUse> ask(Map<String, Object> given, String project) {
    try {
      return RuleUses.of(given, topics, project);
    } catch (KafkaException failure) {
      return null;
    }
  }
}
