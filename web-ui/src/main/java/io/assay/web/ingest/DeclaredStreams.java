package io.assay.web.ingest;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Serving;
import java.util.List;
import java.util.Optional;

/** The streams of each project, as its rules declare them at the moment. */
interface DeclaredStreams {
  Optional<Declared> find(String project, String name);

  /** In order of declaration. */
  List<String> names(String project);

  /**
   * A stream.
   *
   * @param serving the serving stack whose records become its events, if they are not plain JSON
   */
  record Declared(StreamType type, Optional<Serving> serving) {
    static Optional<Declared> of(CheckedRules rules, String name) {
      return rules.stream(name)
          .map(
              type ->
                  new Declared(
                      type,
                      rules.declared().streams().stream()
                          .filter(declared -> declared.type().name().equals(name))
                          .findFirst()
                          .flatMap(DeclaredStream::serving)));
    }
  }
}
