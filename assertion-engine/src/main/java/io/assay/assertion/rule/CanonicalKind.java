package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Window;
import java.util.ArrayList;
import java.util.List;

/** The meaning of a kind as texts: no places, no names of variables. */
final class CanonicalKind {
  private CanonicalKind() {}

  static List<String> of(Kind kind) {
    return switch (kind) {
      case Kind.Absent k -> List.of("absent " + bound(k.lessThan()));
      case Kind.Present k -> List.of("present " + bound(k.lessThan()));
      case Kind.Returns k ->
          List.of(
              "returns %s within %s through %s"
                  .formatted(
                      CanonicalTerm.of(k.attribute()),
                      k.within().map(CanonicalKind::bound).orElse(""),
                      k.throughEvents()));
      case Kind.Transitions k ->
          List.of("transitions %d %s".formatted(k.atMost(), bound(k.within())));
      case Kind.Consistent k ->
          List.of(
              "consistent %s %s %s %s"
                  .formatted(
                      CanonicalTerm.of(k.attribute()),
                      bound(k.within()),
                      k.tolerance(),
                      k.alike()));
      case Kind.Change k ->
          List.of(
              "change %s %s per %d previous %s"
                  .formatted(
                      CanonicalTerm.of(k.value()),
                      CanonicalTerm.of(k.limit()),
                      k.perNanos(),
                      k.previous().map(Local::index)));
      case Kind.Silence k ->
          List.of("silence %d %s".formatted(k.atMostNanos(), k.overStream() ? "stream" : "key"));
      case Kind.Match k -> match(k);
      case Kind.Expect k -> k.expectations().stream().map(CanonicalKind::expectation).toList();
      case Kind.Schema ignored -> List.of("schema");
    };
  }

  private static List<String> match(Kind.Match match) {
    var parts = new ArrayList<String>();
    parts.add("match %s %s".formatted(match.one() ? "one" : "any", match.presentIn()));
    for (Kind.Side side : match.sides()) {
      parts.add(
          "side %s $%d %s %s"
              .formatted(
                  side.name(),
                  side.element().index(),
                  CanonicalTerm.of(side.list()),
                  side.judged() ? "judged" : ""));
      side.unmatched().ifPresent(term -> parts.add("unmatched " + CanonicalTerm.of(term)));
      side.ignores().forEach(term -> parts.add("ignore " + CanonicalTerm.of(term)));
    }
    match
        .pairings()
        .forEach(
            p ->
                parts.add(
                    "pairing %d %d %s"
                        .formatted(p.left(), p.right(), CanonicalTerm.of(p.where()))));
    match.expectations().forEach(e -> parts.add(expectation(e)));
    return parts;
  }

  /** Without a window as it always was, so that states live on. */
  private static String expectation(Kind.Expectation e) {
    return "expect "
        + e.name().orElse("")
        + ": "
        + CanonicalTerm.of(e.condition())
        + e.window().map(window -> " over " + window(window)).orElse("")
        + e.across().map(segment -> " across " + segment).orElse("");
  }

  static String window(Window window) {
    return switch (window) {
      case Window.Tumbling w -> "tumbling " + w.nanos();
      case Window.Hopping w -> "hopping %d %d".formatted(w.nanos(), w.everyNanos());
      case Window.Session w -> "session " + w.gapNanos();
      case Window.Last w -> "last " + bound(w.bound());
    };
  }

  static String bound(Bound bound) {
    return switch (bound) {
      case Bound.Events events -> events.count() + " events";
      case Bound.Time time -> time.nanos() + " ns";
    };
  }
}
