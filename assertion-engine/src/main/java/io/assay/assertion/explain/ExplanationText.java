package io.assay.assertion.explain;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation as people read it. */
public final class ExplanationText {
  private ExplanationText() {}

  public static String of(Explanation explanation) {
    CheckedAssertion assertion = explanation.assertion();
    var lines = new ArrayList<String>();
    lines.add(assertion.name() + assertion.title().map(title -> ": " + title).orElse(""));
    lines.add("  " + String.join(", ", told(explanation)));
    lines.add("");
    explanation.sentences().forEach(sentence -> lines.add("  " + sentence));
    lines.add("");
    reads(explanation, lines);
    StateSize state = explanation.state();
    row(
        lines,
        "state",
        "at most %,d bytes a key: %,d its own, %,d of events as evidence, %,d of the stream"
            .formatted(state.total(), state.own(), state.events(), state.stream()));
    if (state.segment() > 0) {
      row(
          lines,
          "",
          "and %,d bytes for each segment of each open window, of all keys together"
              .formatted(state.segment()));
    }
    row(lines, "", "bounded by " + state.bound());
    row(
        lines,
        "cost",
        "%s steps an event; %s".formatted(steps(explanation), explanation.cost().growth()));
    row(lines, "supposed", supposed(explanation.load()));
    row(lines, "document", explanation.documentHash());
    row(lines, "judgement", assertion.judgementHash());
    return String.join("\n", lines) + "\n";
  }

  private static List<String> told(Explanation explanation) {
    CheckedAssertion assertion = explanation.assertion();
    var told = new ArrayList<String>();
    told.add(
        assertion.kind() instanceof Kind.Schema
            ? "built in"
            : assertion.span().source() + ":" + assertion.span().line());
    told.add(assertion.kind().word() + " on " + assertion.on().name());
    told.add("level " + word(assertion.level()));
    told.add("mode " + mode(assertion.mode()));
    explanation.owner().ifPresent(owner -> told.add("owner " + owner));
    List<String> tags = assertion.documentation().tags();
    if (!tags.isEmpty()) {
      told.add("tags " + String.join(" ", tags));
    }
    assertion.documentation().runbook().ifPresent(runbook -> told.add("runbook " + runbook));
    assertion.pendingClause().ifPresent(clause -> told.add("not judged yet ('" + clause + "')"));
    return told;
  }

  private static String mode(Mode mode) {
    return switch (mode) {
      case DRAFT -> "draft (runs in tests and backtests only)";
      case SHADOW -> "shadow (judged and shown; alerts nobody)";
      case ACTIVE -> "active";
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void reads(Explanation explanation, List<String> lines) {
    String[] name = {"reads"};
    explanation
        .reads()
        .forEach(
            (stream, paths) -> {
              row(
                  lines,
                  name[0],
                  stream
                      + ": "
                      + (paths.isEmpty() ? "key and time alone" : String.join(", ", paths)));
              name[0] = "";
            });
  }

  private static String steps(Explanation explanation) {
    String formula = explanation.cost().formula();
    return formula.contains(" n") ? "%s = %,d".formatted(formula, explanation.steps()) : formula;
  }

  private static String supposed(Load load) {
    return "%s events a second of a key, %,d elements a list, texts of %,d bytes"
        .formatted(BoundText.number(load.perSecond()), load.elements(), load.text());
  }

  private static void row(List<String> lines, String name, String text) {
    lines.add("  %-10s %s".formatted(name, text));
  }
}
