package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ir.Serving;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks by what serving stack a stream's events are written, and where. */
final class ServingChecker {
  private static final List<String> UNITS = List.of("row", "request");

  private final StreamDecl declaration;
  private final StreamType type;
  private final ExpressionChecker expressions;
  private final Scope constants;

  ServingChecker(
      StreamDecl declaration,
      StreamType type,
      Map<String, Term.Constant> params,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.type = type;
    this.expressions = new ExpressionChecker(issues);
    this.constants = Scope.ofConstants(params);
  }

  Optional<Serving> serving() {
    List<StreamItem.Serving> all =
        declaration.items().stream()
            .filter(StreamItem.Serving.class::isInstance)
            .map(StreamItem.Serving.class::cast)
            .toList();
    all.stream()
        .skip(1)
        .forEach(
            more ->
                expressions.error(
                    IssueCode.REPEATED_CLAUSE, more.span(), "a stream has one 'serving' only"));
    return all.stream().findFirst().flatMap(this::serving);
  }

  private Optional<Serving> serving(StreamItem.Serving item) {
    Optional<Serving.Format> format = format(item.format());
    boolean topics = topics(item, format);
    boolean rows = rows(item);
    Optional<Long> within = format.flatMap(known -> within(item, known));
    return within
        .filter(ignored -> topics)
        .map(
            nanos ->
                new Serving(
                    format.orElseThrow(),
                    Optional.ofNullable(item.only()).map(Text::value),
                    item.requests().value(),
                    item.responses().value(),
                    nanos,
                    rows));
  }

  private Optional<Serving.Format> format(Name name) {
    List<Serving.Format> known = List.of(Serving.Format.values());
    Optional<Serving.Format> found =
        known.stream().filter(format -> format.word().equals(name.text())).findFirst();
    if (found.isPresent()) {
      return found;
    }
    List<String> words = known.stream().map(Serving.Format::word).toList();
    expressions.error(
        IssueCode.UNKNOWN_WORD,
        name.span(),
        "no serving stack is called '%s' here".formatted(name.text()),
        Suggestions.didYouMean(name.text(), words)
            .or(() -> Optional.of("known are " + String.join(", ", words))));
    return Optional.empty();
  }

  /** A stream that read its own topic would read for ever what it writes. */
  private boolean topics(StreamItem.Serving item, Optional<Serving.Format> format) {
    boolean apart = !item.requests().span().equals(item.responses().span());
    for (Text topic : List.of(item.requests(), item.responses())) {
      if (topic.value().equals(type.topic())) {
        expressions.error(
            IssueCode.DUPLICATE,
            topic.span(),
            "the events of stream '%s' are written to topic \"%s\", so they are not read there"
                .formatted(type.name(), type.topic()),
            Optional.of("give the stream a topic of its own"));
        return false;
      }
    }
    if (apart && item.requests().value().equals(item.responses().value())) {
      expressions.error(
          IssueCode.DUPLICATE,
          item.responses().span(),
          "requests and responses are said to come in one topic",
          Optional.of("write: from topic \"%s\"".formatted(item.requests().value())));
      return false;
    }
    if (!apart && format.filter(Serving.Format::needsTwoTopics).isPresent()) {
      expressions.error(
          IssueCode.BAD_MAPPING,
          item.requests().span(),
          "only their topics tell requests from responses",
          Optional.of("as in: requests \"….inputs\" responses \"….outputs\""));
      return false;
    }
    if (apart && format.filter(f -> !f.isPaired()).isPresent()) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          item.span(),
          "each record is an event by itself; there are no pairs",
          Optional.of("write: serving %s from topic \"…\"".formatted(format.orElseThrow().word())));
      return false;
    }
    return true;
  }

  private boolean rows(StreamItem.Serving item) {
    Name per = item.per();
    if (per != null && !UNITS.contains(per.text())) {
      expressions.error(
          IssueCode.UNKNOWN_WORD,
          per.span(),
          "an event is made per row or per request, not per '%s'".formatted(per.text()),
          Suggestions.didYouMean(per.text(), UNITS));
    }
    return per == null || !per.text().equals("request");
  }

  private Optional<Long> within(StreamItem.Serving item, Serving.Format format) {
    if (item.within() == null && format.isPaired()) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          item.span(),
          "how long a request waits for its response needs a bound",
          Optional.of("add: within 5min"));
      return Optional.empty();
    }
    if (item.within() == null) {
      return Optional.of(0L);
    }
    Optional<Long> nanos =
        new Amounts(expressions).duration(item.within(), constants, "'within' of 'serving'");
    if (!format.isPaired()) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          item.within().span(),
          "each record is an event by itself; nothing is waited for");
      return Optional.empty();
    }
    return nanos;
  }
}
