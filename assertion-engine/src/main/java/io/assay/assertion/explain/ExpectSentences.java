package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What must hold of events, elements, pairs, windows and releases. */
final class ExpectSentences {
  private final CheckedAssertion assertion;
  private final WrittenText text;

  ExpectSentences(CheckedAssertion assertion, WrittenText text) {
    this.assertion = assertion;
    this.text = text;
  }

  List<String> sentences() {
    var sentences = new ArrayList<String>();
    assertion.context().windowing().ifPresent(windowing -> windowing(windowing, sentences));
    if (assertion.kind() instanceof Kind.Expect expect) {
      lines(expect).forEach((line, names) -> sentences.add(line(line, names)));
    }
    return sentences;
  }

  private void windowing(Windowing windowing, List<String> sentences) {
    if (!windowing.segments().isEmpty()) {
      sentences.add(
          "Each %s is judged by itself."
              .formatted(WrittenText.list(windowing.segments(), Windowing.Segment::name)));
    }
    windowing
        .leasts()
        .forEach(
            least ->
                sentences.add(
                    "With fewer than %,d %s it is undecided."
                        .formatted(least.count(), least.of().name().toLowerCase(Locale.ROOT))));
  }

  /** One condition of several fields, as {@code for} makes it, is one line with their names. */
  private record Line(String condition, String over) {}

  private Map<Line, List<String>> lines(Kind.Expect expect) {
    var lines = new LinkedHashMap<Line, List<String>>();
    for (Kind.Expectation expectation : expect.expectations()) {
      Line line = new Line(text.of(expectation.condition()), over(expectation));
      List<String> names = lines.computeIfAbsent(line, ignored -> new ArrayList<>());
      expectation.name().ifPresent(names::add);
    }
    return lines;
  }

  private String line(Line line, List<String> names) {
    String named =
        names.isEmpty()
            ? ""
            : names.size() == 1
                ? " (" + names.getFirst() + ")"
                : ", for each of " + WrittenText.list(names, "and");
    return "Violated unless %s%s%s.".formatted(line.condition(), line.over(), named);
  }

  private static String over(Kind.Expectation expectation) {
    Optional<String> across =
        expectation.across().map(segment -> ", over all values of " + segment + " together");
    return expectation.window().map(ExpectSentences::window).orElse("") + across.orElse("");
  }

  private static String window(Window window) {
    return switch (window) {
      case Window.Tumbling w -> " over each " + Durations.print(w.nanos());
      case Window.Hopping w ->
          " over %s, anew every %s"
              .formatted(Durations.print(w.nanos()), Durations.print(w.everyNanos()));
      case Window.Session w ->
          " over each session, which ends after %s without an event"
              .formatted(Durations.print(w.gapNanos()));
      case Window.Last w -> " over the last " + BoundText.of(w.bound());
    };
  }
}
