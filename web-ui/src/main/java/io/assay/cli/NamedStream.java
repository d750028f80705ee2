package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    List<StreamType> all = known(rules);
    if (all.size() != 1) {
      throw CommandFailure.wrongUse(
          "which stream is '%s' of? Write %s STREAM=%s; the rules declare %s"
              .formatted(argument, option, argument, names(rules)));
    }
    return all.getFirst();
  }

  static String names(CheckedRules rules) {
    List<StreamType> all = known(rules);
    return all.isEmpty()
        ? "none"
        : all.stream().map(StreamType::name).collect(Collectors.joining(", "));
  }

  private static List<StreamType> known(CheckedRules rules) {
    return Stream.concat(
            rules.streams().stream(), rules.declared().embeddings().stream().map(Embeddings::type))
        .toList();
  }
}
