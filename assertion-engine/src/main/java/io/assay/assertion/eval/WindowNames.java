package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Renaming;
import io.assay.assertion.eval.term.TermText;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Windowing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls the variables of statistics by what they are: {@code psi(score, baseline(last 7d))}. */
final class WindowNames {
  private final Map<Integer, String> names = new HashMap<>();

  private WindowNames(Windowing windowing) {
    for (Windowing.Statistic statistic : windowing.statistics()) {
      names.put(statistic.local().index(), text(statistic));
    }
    Renaming statistics = new Renaming(names);
    for (Windowing.Across across : windowing.across()) {
      String each = TermText.of(statistics.of(across.each()));
      names.put(across.local().index(), "%s(%s)".formatted(across.local().name(), each));
    }
  }

  static String text(Windowing.Statistic statistic) {
    return Stream.of(
            statistic.terms().stream().map(TermText::of),
            statistic.parameters().stream().map(TermText::of),
            statistic.baseline().map(WindowNames::text).stream())
        .flatMap(parts -> parts)
        .collect(Collectors.joining(", ", statistic.local().name() + "(", ")"));
  }

  static String text(Windowing.Baseline baseline) {
    return switch (baseline) {
      case Windowing.Baseline.Last last -> "baseline(last " + Durations.print(last.nanos()) + ")";
      case Windowing.Baseline.Pinned pinned -> "baseline(\"" + pinned.name() + "\")";
      case Windowing.Baseline.File file -> "baseline(\"" + file.path() + "\")";
      case Windowing.Baseline.Version version -> "baseline(version(\"" + version.version() + "\"))";
    };
  }

  /** The assertion as it is, with these names in all that is said of its windows. */
  static CheckedAssertion named(CheckedAssertion assertion, Windowing windowing) {
    Renaming renaming = new Renaming(new WindowNames(windowing).names);
    Context context = assertion.context();
    return new CheckedAssertion(
        assertion.name(),
        assertion.title(),
        assertion.on(),
        assertion.mode(),
        assertion.level(),
        assertion.event(),
        assertion.each(),
        assertion.where(),
        assertion.identity(),
        assertion.lets(),
        named(assertion.kind(), renaming),
        assertion.names(),
        assertion.locals(),
        renaming.of(assertion.severity()),
        assertion.explain().map(template -> named(template, renaming)),
        new Context(
            context.join(),
            Optional.of(named(windowing, renaming)),
            context.versions(),
            context.releases(),
            context.trigger(),
            context.truths()),
        assertion.consequences(),
        assertion.reads(),
        assertion.judgementHash(),
        assertion.documentation(),
        assertion.span());
  }

  private static Kind named(Kind kind, Renaming renaming) {
    return kind instanceof Kind.Expect expect
        ? new Kind.Expect(
            expect.expectations().stream()
                .map(
                    line ->
                        new Kind.Expectation(
                            line.name(),
                            renaming.of(line.condition()),
                            line.window(),
                            line.across()))
                .toList())
        : kind;
  }

  private static Template named(Template template, Renaming renaming) {
    List<Template.Part> parts =
        template.parts().stream()
            .<Template.Part>map(
                part ->
                    switch (part) {
                      case Template.Part.Text text -> text;
                      case Template.Part.Value value ->
                          new Template.Part.Value(renaming.of(value.term()));
                    })
            .toList();
    return new Template(parts);
  }

  private static Windowing named(Windowing windowing, Renaming renaming) {
    return new Windowing(
        windowing.segments(),
        windowing.leasts(),
        windowing.statistics(),
        windowing.lets().stream()
            .map(let -> new CheckedAssertion.Let(let.local(), renaming.of(let.term())))
            .toList(),
        windowing.across().stream()
            .map(
                a ->
                    new Windowing.Across(
                        a.local(), a.segment(), a.overload(), renaming.of(a.each()), a.toldOnly()))
            .toList(),
        windowing.count(),
        windowing.start(),
        windowing.end());
  }
}
