package io.assay.web.rules;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Whose topics are, for someone who publishes rules over HTTP: a project's topics are those that
 * its rules named first (ADR 34).
 */
final class TopicRights {
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);

  private final ActiveRules active;
  private final Access access;

  TopicRights(ActiveRules active, Access access) {
    this.active = active;
    this.access = access;
  }

  /** Of a topic that this person may not name in the project's rules, whose it is. */
  Function<String, Optional<String>> of(String project, SignedIn person) {
    Set<String> own = active.of(project).map(CheckedRules::topics).orElse(Set.of());
    return topic ->
        active
            .topics()
            .owner(topic)
            .or(() -> own.contains(topic) ? Optional.empty() : other(topic, person));
  }

  /** Who may change the rules of one project that names it may name it in others. */
  private Optional<String> other(String topic, SignedIn person) {
    requireKnown();
    Set<String> projects = active.naming(topic);
    boolean may = projects.isEmpty() || projects.stream().anyMatch(one -> isAuthor(person, one));
    return may ? Optional.empty() : Optional.of("another project");
  }

  private void requireKnown() {
    try {
      if (!active.awaitKnown(KNOWN_WITHIN)) {
        throw new KafkaException(
            "the rules of other projects are not known here yet", active.trouble().orElse(null));
      }
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private boolean isAuthor(SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent();
  }
}
