package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code [STREAM=]WHAT} on the command line.
 *
 * @param what a file, or a topic
 */
record NamedStream(StreamType stream, String what) {

  /**
   * @param option before it, for messages
   * @throws CommandFailure if it fits no stream
   */
  static NamedStream of(CheckedRules rules, String option, String argument) {
    int equals = argument.indexOf('=');
    Optional<StreamType> named =
        equals < 0 ? Optional.empty() : rules.played(argument.substring(0, equals));
    return named
        .map(stream -> new NamedStream(stream, argument.substring(equals + 1)))
        .orElseGet(() -> new NamedStream(only(rules, option, argument), argument));
  }

  static StreamType only(CheckedRules rules, String option, String argument) {
    if (rules.streams().size() != 1) {
      throw CommandFailure.wrongUse(
          "which stream is '%s' of? Write %s STREAM=%s; the rules declare %s"
              .formatted(argument, option, argument, names(rules)));
    }
    return rules.streams().getFirst();
  }

  static String names(CheckedRules rules) {
    return rules.streams().isEmpty()
        ? "none"
        : rules.streams().stream().map(StreamType::name).collect(Collectors.joining(", "));
  }
}
