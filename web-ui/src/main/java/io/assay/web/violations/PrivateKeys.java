package io.assay.web.violations;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.rules.ActiveRules;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Knows which streams declare their key private. As of fields: who may not see private ones sees no
 * key of a stream that no rules in force declare, since nobody can tell then what it was.
 */
@Component
public class PrivateKeys {
  private final ActiveRules rules;

  PrivateKeys(ActiveRules rules) {
    this.rules = rules;
  }

  /** {@code clear}: whether private fields are seen. */
  public KeySight sight(String project, boolean clear) {
    return new KeySight(clear, clear ? Set.of() : open(project));
  }

  private Set<String> open(String project) {
    return rules.of(project).map(PrivateKeys::open).orElse(Set.of());
  }

  /** Of embeddings the key is a release, which is nobody's. */
  private static Set<String> open(CheckedRules rules) {
    Stream<StreamType> declared =
        Stream.of(
                rules.streams().stream(),
                rules.labels().stream(),
                rules.truths().stream().map(CheckedRules.TruthOf::events))
            .flatMap(any -> any)
            .filter(stream -> !stream.key().hidden());
    Stream<StreamType> embeddings =
        rules.declared().embeddings().stream().map(embedding -> embedding.type());
    return Stream.concat(declared, embeddings)
        .map(StreamType::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
