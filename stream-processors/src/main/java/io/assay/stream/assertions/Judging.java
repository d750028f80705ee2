package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.stream.imputation.Completion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A generation of rules as one task judges by it.
 *
 * @param laneCounts what is gathered of the same streams for others to judge
 * @param decoders by stream
 * @param completions by stream, of those whose gaps are filled
 */
record Judging(
    LiveRules.Generation generation,
    GroupJudge judge,
    List<LaneCounts> laneCounts,
    Map<String, EventDecoder> decoders,
    Map<String, Completion> completions) {
  Judging {
    laneCounts = List.copyOf(laneCounts);
    decoders = Map.copyOf(decoders);
    completions = Map.copyOf(completions);
  }

  EventDecoder decoder(String stream) {
    return Objects.requireNonNull(decoders.get(stream), stream);
  }

  Optional<Completion> completion(String stream) {
    return Optional.ofNullable(completions.get(stream));
  }

  /** Whether anything is ever decided by time that passes. */
  boolean needsTime() {
    return judge.needsTicks() || !laneCounts.isEmpty();
  }

  /** Of each stream that has any the slices by which is counted, in their order. */
  Map<String, List<String>> slices() {
    Map<String, List<String>> slices = new HashMap<>();
    for (StreamType stream : judge.streams()) {
      List<String> names =
          generation.rules().declared(stream).stream()
              .flatMap(declared -> declared.counted().stream())
              .map(DeclaredStream.Slice::name)
              .toList();
      if (!names.isEmpty()) {
        slices.put(stream.name(), names);
      }
    }
    return slices;
  }

  /** Of each assertion its stream, but not of those that every stream has. */
  Map<String, String> streams() {
    Map<String, String> streams = new HashMap<>();
    judge.assertions().stream()
        .filter(assertion -> !assertion.name().equals(CheckedAssertion.SCHEMA))
        .forEach(assertion -> streams.put(assertion.name(), assertion.on().name()));
    return streams;
  }
}
