package io.assay.assertion.rule.ir;

import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import java.util.List;
import java.util.Optional;

/**
 * A complete, checked rule set: what one generation of rules is.
 *
 * @param streams all declared streams, in order of their files
 * @param assertions without the built-in ones, which every stream has by itself
 * @param documentHash of the texts: history and audit; hex SHA-256
 */
public record CheckedRules(
    List<StreamType> streams,
    List<CheckedAssertion> assertions,
    List<CheckedTest> tests,
    String documentHash) {
  public CheckedRules {
    streams = List.copyOf(streams);
    assertions = List.copyOf(assertions);
    tests = List.copyOf(tests);
  }

  public Optional<StreamType> stream(String name) {
    return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
  }

  /** The assertions that judge events of a stream, in order of declaration. */
  public List<CheckedAssertion> on(StreamType stream) {
    return assertions.stream().filter(a -> a.on().name().equals(stream.name())).toList();
  }

  /** What judges live: drafts run in tests and backtests only. */
  public CheckedRules live() {
    List<CheckedAssertion> running =
        assertions.stream().filter(a -> a.mode() != Mode.DRAFT).toList();
    return new CheckedRules(streams, running, tests, documentHash);
  }
}
