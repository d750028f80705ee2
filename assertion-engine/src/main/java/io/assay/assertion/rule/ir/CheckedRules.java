package io.assay.assertion.rule.ir;

import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A complete, checked rule set: what one generation of rules is.
 *
 * @param streams all declared streams, in order of their files
 * @param assertions those that this version judges, without the built-in ones, which every stream
 *     has by itself
 * @param pending those that are checked, and not evaluated in this version
 * @param declared what goes with streams and assertions
 * @param documentHash of the texts: history and audit; hex SHA-256
 */
public record CheckedRules(
    List<StreamType> streams,
    List<CheckedAssertion> assertions,
    List<CheckedAssertion> pending,
    List<CheckedTest> tests,
    Declared declared,
    String documentHash) {
  public CheckedRules {
    streams = List.copyOf(streams);
    assertions = List.copyOf(assertions);
    pending = List.copyOf(pending);
    tests = List.copyOf(tests);
  }

  /** Without what judging does not need. */
  public CheckedRules(
      List<StreamType> streams,
      List<CheckedAssertion> assertions,
      List<CheckedTest> tests,
      String documentHash) {
    this(streams, assertions, List.of(), tests, Declared.NOTHING, documentHash);
  }

  /**
   * All else that the files declare, in their order.
   *
   * @param streams slices, truths and imputation of each stream
   * @param params of the whole set, with their values; those of an assertion stand in its terms
   */
  public record Declared(
      List<Model> models,
      List<DeclaredStream> streams,
      List<Embeddings> embeddings,
      List<Route> routes,
      Map<String, Term.Constant> params) {
    public static final Declared NOTHING =
        new Declared(List.of(), List.of(), List.of(), List.of(), Map.of());

    public Declared {
      models = List.copyOf(models);
      streams = List.copyOf(streams);
      embeddings = List.copyOf(embeddings);
      routes = List.copyOf(routes);
      params = Map.copyOf(params);
    }
  }

  public Optional<StreamType> stream(String name) {
    return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
  }

  /**
   * A truth of a stream.
   *
   * @param events its own topic as a stream, by the truth's name
   */
  public record TruthOf(StreamType stream, DeclaredStream.Truth truth, StreamType events) {}

  /** All that is declared of what turned out to be true; none called as a stream is. */
  public List<TruthOf> truths() {
    return declared.streams().stream()
        .flatMap(
            stream ->
                stream.truths().stream()
                    .map(t -> new TruthOf(stream.type(), t, t.events(stream.type()))))
        .filter(one -> stream(one.truth().name()).isEmpty())
        .toList();
  }

  /** The models that are built on some embeddings, as declared. */
  public List<Model> readers(String embeddings) {
    return declared.models().stream().filter(model -> model.reads().contains(embeddings)).toList();
  }

  /** All topics that are named, of whatever. */
  public Set<String> topics() {
    var topics = new HashSet<String>();
    streams.forEach(stream -> topics.add(stream.topic()));
    for (DeclaredStream stream : declared.streams()) {
      stream.truths().forEach(truth -> topics.add(truth.topic()));
      stream.serving().ifPresent(serving -> topics.addAll(serving.topics()));
    }
    declared.embeddings().forEach(one -> topics.add(one.type().topic()));
    return topics;
  }

  /** What has events of its own to play: a stream of the rules', a truth, or embeddings. */
  public Optional<StreamType> played(String name) {
    return stream(name)
        .or(
            () ->
                truths().stream()
                    .map(TruthOf::events)
                    .filter(events -> events.name().equals(name))
                    .findFirst())
        .or(
            () ->
                declared.embeddings().stream()
                    .map(Embeddings::type)
                    .filter(type -> type.name().equals(name))
                    .findFirst());
  }

  /** What is declared of a stream beside its type; nothing where rules only judge. */
  public Optional<DeclaredStream> declared(StreamType stream) {
    return declared.streams().stream()
        .filter(one -> one.type().name().equals(stream.name()))
        .findFirst();
  }

  /** The assertions that judge events of a stream, in order of declaration. */
  public List<CheckedAssertion> on(StreamType stream) {
    return assertions.stream().filter(a -> a.on().name().equals(stream.name())).toList();
  }

  /** An assertion by name, whether it is evaluated or not. */
  public Optional<CheckedAssertion> assertion(String name) {
    return all().stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /** Those that are judged, and after them those that are not yet. */
  public List<CheckedAssertion> all() {
    var all = new ArrayList<>(assertions);
    all.addAll(pending);
    return all;
  }

  /** Without some assertions, and those that wait for them. */
  public CheckedRules without(Set<String> names) {
    Set<String> gone = new HashSet<>(names);
    for (int before = -1; before < gone.size(); ) {
      before = gone.size();
      for (CheckedAssertion one : assertions) {
        if (one.context().trigger().filter(t -> gone.contains(t.assertion())).isPresent()) {
          gone.add(one.name());
        }
      }
    }
    List<CheckedAssertion> left =
        assertions.stream().filter(one -> !gone.contains(one.name())).toList();
    return new CheckedRules(streams, left, pending, tests, declared, documentHash);
  }

  /** Labels as a stream, where an assertion judges them. */
  public Optional<StreamType> labels() {
    return pending.stream()
        .filter(CheckedAssertion::judgesLabels)
        .map(CheckedAssertion::on)
        .findFirst();
  }

  /** With labels as a stream like any other: for tests, and whoever has labels to judge. */
  public CheckedRules withLabels() {
    List<StreamType> all = new ArrayList<>(streams);
    labels().ifPresent(all::add);
    List<CheckedAssertion> judged = new ArrayList<>(assertions);
    pending.stream().filter(CheckedAssertion::judgesLabels).forEach(judged::add);
    List<CheckedAssertion> left = pending.stream().filter(a -> !a.judgesLabels()).toList();
    return new CheckedRules(all, judged, left, tests, declared, documentHash);
  }

  /** What judges live: drafts run in tests and backtests only. */
  public CheckedRules live() {
    List<CheckedAssertion> running =
        assertions.stream().filter(a -> a.mode() != Mode.DRAFT).toList();
    return new CheckedRules(streams, running, pending, tests, declared, documentHash);
  }
}
