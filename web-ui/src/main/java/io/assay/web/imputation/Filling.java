package io.assay.web.imputation;

import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.ImputersInUse.Found;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Fills gaps with whatever version is in force. */
@Component
class Filling {
  private final KnownImputers known;
  private final ActiveRules rules;
  private final Map<Id, Fillers> fillers = new ConcurrentHashMap<>();

  private record Id(String project, String stream) {}

  Filling(KnownImputers known, ActiveRules rules) {
    this.known = known;
    this.rules = rules;
  }

  /** The stream, where the rules in force have gaps of it filled. */
  Optional<ImputedStream> stream(String project, String name) {
    return rules.of(project).flatMap(set -> ImputedStream.of(set, name));
  }

  /** The version that is in force; empty while none is. */
  Optional<ImputersInUse.Ready> inForce(String project, ImputedStream stream) {
    return known.inForce(project, stream.name(), stream.groupHash())
            instanceof Found.InForce(var ready, var ignored)
        ? Optional.of(ready)
        : Optional.empty();
  }

  /**
   * What fills records of a stream.
   *
   * @throws Refused where nothing of it is imputed, or no version is in force
   */
  Fillers of(String project, String name) {
    ImputedStream stream =
        stream(project, name)
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND,
                        "the rules in force impute nothing of a stream '%s'".formatted(name)));
    return switch (known.inForce(project, name, stream.groupHash())) {
      case Found.InForce(var ready, var ignored) -> fillers(project, stream, ready);
      case Found.Missing(var why) ->
          throw new Refused(
              HttpStatus.CONFLICT, "no imputer of '%s' is in force: %s".formatted(name, why));
    };
  }

  private Fillers fillers(String project, ImputedStream stream, ImputersInUse.Ready ready) {
    return fillers.compute(
        new Id(project, stream.name()),
        (id, now) -> now != null && now.isOf(stream, ready) ? now : new Fillers(stream, ready));
  }
}
