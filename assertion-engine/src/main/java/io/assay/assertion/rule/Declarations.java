package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.rule.ir.Labels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What all files declare and assertions refer to. */
final class Declarations {
  private final Map<String, CheckedStream> streams = new LinkedHashMap<>();
  private final Map<String, Map<String, Expr>> slices = new HashMap<>();
  private final Map<String, Embeddings> embeddings = new LinkedHashMap<>();
  private final Set<String> routes;
  private Optional<CheckedStream> labels = Optional.empty();

  private final UsualBook usual;

  Declarations(Set<String> routes, UsualBook usual) {
    this.routes = Set.copyOf(routes);
    this.usual = usual;
  }

  UsualBook usual() {
    return usual;
  }

  /** The first of a name stays; the second is told where names are compared. */
  void add(CheckedStream stream, Map<String, Expr> conditions) {
    streams.putIfAbsent(stream.type().name(), stream);
    slices.putIfAbsent(stream.type().name(), Map.copyOf(conditions));
  }

  /**
   * What people say of a stream: of the only one, or of the only one with boxes.
   *
   * @param at where labels are named
   */
  Optional<CheckedStream> labels(Name at, ExpressionChecker expressions) {
    if (labels.isPresent()) {
      return labels;
    }
    List<CheckedStream> of = LabelledStreams.among(streams.values());
    if (of.size() == 1) {
      CheckedStream stream = of.getFirst();
      labels = Optional.of(LabelledStreams.labels(stream));
      slices.put(Labels.NAME, slices(stream.type().name()));
      return labels;
    }
    String which =
        of.stream().map(one -> "'" + one.type().name() + "'").collect(Collectors.joining(", "));
    expressions.error(
        IssueCode.UNKNOWN_STREAM,
        at.span(),
        of.isEmpty()
            ? "labels have the fields of a stream, and there is none"
            : "labels are of one stream; they may be of " + which,
        Optional.of("rules with one stream, or a stream of your own: stream labels from topic …"));
    return Optional.empty();
  }

  /** Of which stream labels are, where an assertion is about them. */
  Optional<String> labelled() {
    return labels.isPresent()
        ? Optional.of(LabelledStreams.among(streams.values()).getFirst().type().name())
        : Optional.empty();
  }

  void add(Embeddings declared) {
    embeddings.putIfAbsent(declared.name(), declared);
  }

  /** A stream of the name comes first. */
  Optional<Embeddings> embeddings(String name) {
    return streams.containsKey(name) ? Optional.empty() : Optional.ofNullable(embeddings.get(name));
  }

  List<Embeddings> embeddings() {
    return List.copyOf(embeddings.values());
  }

  /** What tests may give events of: streams, and embeddings and truths as streams. */
  Map<String, CheckedStream> played() {
    Map<String, CheckedStream> played = new LinkedHashMap<>(streams);
    labels.ifPresent(stream -> played.putIfAbsent(Labels.NAME, stream));
    embeddings.forEach((name, e) -> played.putIfAbsent(name, asStream(e)));
    for (CheckedStream stream : streams.values()) {
      if (stream.type().id().isPresent()) {
        stream.truths().forEach(t -> played.putIfAbsent(t.name(), asStream(t, stream.type())));
      }
    }
    return played;
  }

  static CheckedStream asStream(Embeddings embeddings) {
    return new CheckedStream(
        embeddings.type(),
        false,
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static CheckedStream asStream(DeclaredStream.Truth truth, StreamType of) {
    return new CheckedStream(
        truth.events(of), false, Map.of(), Map.of(), List.of(), Optional.empty(), Optional.empty());
  }

  Map<String, CheckedStream> streams() {
    return streams;
  }

  Map<String, Expr> slices(String stream) {
    return slices.getOrDefault(stream, Map.of());
  }

  Set<String> routes() {
    return routes;
  }

  Optional<CheckedStream> stream(Name name, ExpressionChecker expressions) {
    Optional<CheckedStream> found = Optional.ofNullable(streams.get(name.text()));
    if (found.isEmpty()) {
      expressions.error(
          IssueCode.UNKNOWN_STREAM,
          name.span(),
          "unknown stream '%s'".formatted(name.text()),
          Suggestions.didYouMean(name.text(), streams.keySet()).or(this::declared));
    }
    return found;
  }

  private Optional<String> declared() {
    return Optional.of(
        streams.isEmpty()
            ? "a stream is declared as: stream NAME from topic \"…\" { … }"
            : "declared are " + String.join(", ", streams.keySet()));
  }
}
