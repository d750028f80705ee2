package io.assay.assertion.explain;

import io.assay.assertion.eval.term.Printing;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** When an assertion is violated. */
final class KindSentences {
  private final CheckedAssertion assertion;
  private final WrittenText text;

  KindSentences(CheckedAssertion assertion, WrittenText text) {
    this.assertion = assertion;
    this.text = text;
  }

  List<String> sentences() {
    return switch (assertion.kind()) {
      case Kind.Absent kind ->
          List.of(
              "Violated when it is seen, then not seen for %s, then seen again."
                  .formatted(BoundText.under(kind.lessThan())));
      case Kind.Present kind ->
          List.of(
              "Violated when its whole life, from first to last sighting, %s %s."
                  .formatted(
                      kind.lessThan() instanceof Bound.Time ? "lasts" : "has",
                      BoundText.under(kind.lessThan())));
      case Kind.Returns kind -> List.of(returns(kind));
      case Kind.Transitions kind ->
          List.of(
              "Violated when it comes and goes more than %s within %s; each coming and each going counts."
                  .formatted(
                      WrittenText.count(kind.atMost(), "time"), BoundText.of(kind.within())));
      case Kind.Consistent kind -> consistent(kind);
      case Kind.Change kind -> List.of(change(kind));
      case Kind.Silence kind -> List.of(silence(kind));
      case Kind.Match kind -> match(kind);
      case Kind.Expect ignored -> new ExpectSentences(assertion, text).sentences();
      case Kind.Schema ignored ->
          List.of("Violated by a value that is not of its declared type, unit, range or list.");
    };
  }

  private String returns(Kind.Returns kind) {
    return "Violated when %s becomes another and then what it was before%s%s."
        .formatted(
            text.of(kind.attribute()),
            kind.within().map(bound -> " within " + BoundText.of(bound)).orElse(""),
            kind.throughEvents().isPresent()
                ? ", after at most %s of the other"
                    .formatted(WrittenText.count(kind.throughEvents().getAsLong(), "sighting"))
                : "");
  }

  private List<String> consistent(Kind.Consistent kind) {
    var sentences = new ArrayList<String>();
    sentences.add(
        "Violated when %s is not the same in all sightings within %s."
            .formatted(text.of(kind.attribute()), BoundText.of(kind.within())));
    kind.alike()
        .forEach(
            group ->
                sentences.add("%s count as the same.".formatted(WrittenText.list(group, "and"))));
    if (kind.tolerance().isPresent()) {
      sentences.add(
          "Values up to %s apart count as the same."
              .formatted(BoundText.number(kind.tolerance().getAsDouble())));
    }
    return sentences;
  }

  private String change(Kind.Change kind) {
    String limit = Printing.print(kind.limit().type(), kind.limit().value());
    String per = Durations.print(kind.perNanos());
    return kind.previous().isPresent()
        ? "Violated when from one sighting to the next %s is more than %s per %s."
            .formatted(text.of(kind.value()), limit, per)
        : "Violated when from one sighting to the next %s changes by more than %s per %s."
            .formatted(text.of(kind.value()), limit, per);
  }

  private String silence(Kind.Silence kind) {
    return "Violated when no event of %s comes for more than %s."
        .formatted(
            kind.overStream() ? "the whole stream" : "a " + assertion.on().key().name(),
            Durations.print(kind.atMostNanos()));
  }

  private List<String> match(Kind.Match kind) {
    var sentences = new ArrayList<String>();
    sentences.add(
        "Holds %s against each other; %s."
            .formatted(
                WrittenText.list(kind.sides(), side -> side.element().name() + " in " + list(side)),
                kind.pairings().stream()
                    .map(pairing -> pairing(kind, pairing))
                    .distinct()
                    .collect(Collectors.joining("; "))));
    if (kind.one()) {
      sentences.add("Each is taken once at most, so that as many as can be find a partner.");
    }
    if (kind.presentIn().isPresent()) {
      sentences.add(
          "Violated by a thing that fewer than %d of the %d see."
              .formatted(kind.presentIn().getAsLong(), kind.sides().size()));
    }
    for (Kind.Side side : kind.sides()) {
      if (side.judged() && kind.presentIn().isEmpty()) {
        sentences.add(
            "Violated by each %s of %s without a partner%s."
                .formatted(
                    side.element().name(),
                    side.name(),
                    side.unmatched().map(term -> " where " + text.of(term)).orElse("")));
      }
      side.ignores()
          .forEach(
              term ->
                  sentences.add(
                      "%s of %s is never a violation where %s."
                          .formatted(side.element().name(), side.name(), text.of(term))));
    }
    kind.expectations()
        .forEach(
            line ->
                sentences.add(
                    "Violated by each pair without %s.".formatted(text.of(line.condition()))));
    return sentences;
  }

  /** Lists that one clause names together are called by their side. */
  private String list(Kind.Side side) {
    String written = text.of(side.list());
    return written.contains(side.name()) ? written : side.name();
  }

  private String pairing(Kind.Match kind, Kind.Pairing pairing) {
    return "%s and %s are one thing where %s"
        .formatted(
            kind.sides().get(pairing.left()).element().name(),
            kind.sides().get(pairing.right()).element().name(),
            text.of(pairing.where()));
  }
}
