package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Consequences.Alert;
import io.assay.assertion.rule.ir.Consequences.Condition;
import io.assay.assertion.rule.ir.Consequences.Measure;
import io.assay.assertion.rule.ir.Consequences.Sample;
import io.assay.assertion.rule.ir.Consequences.Strategy;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What follows a violation: severity, proposals, samples, alerts. */
final class ConsequenceSentences {
  private final CheckedAssertion assertion;
  private final WrittenText text;

  ConsequenceSentences(CheckedAssertion assertion, WrittenText text) {
    this.assertion = assertion;
    this.text = text;
  }

  List<String> sentences() {
    var sentences = new ArrayList<String>();
    sentences.add(severity());
    assertion.consequences().corrections().forEach(c -> sentences.add(correction(c)));
    assertion.consequences().sample().ifPresent(sample -> sentences.add(sample(sample)));
    assertion.consequences().alerts().forEach(alert -> sentences.add(alert(alert)));
    return sentences;
  }

  private String severity() {
    Term severity = assertion.severity();
    String written = text.of(severity);
    // where none is written, it stands at the assertion's name
    if (written.isEmpty() || written.equals(assertion.name())) {
      return assertion.kind() instanceof Kind.Consistent
          ? "Its severity is the share of the sightings with the rarer values."
          : "Its severity is 1.";
    }
    return "Its severity is %s%s.".formatted(written, mayHold(severity) ? "; 0 is none" : "");
  }

  private static boolean mayHold(Term severity) {
    return !(severity instanceof Term.Constant);
  }

  private String correction(Correction correction) {
    return "Proposes%s to %s."
        .formatted(
            correction.when().map(when -> ", where " + text.of(when) + ",").orElse(""),
            repair(correction.repair()));
  }

  private String repair(Correction.Repair repair) {
    return switch (repair) {
      case Correction.Repair.Insert insert ->
          "put %s into %s of %s%s"
              .formatted(
                  insert.element().name(),
                  insert.list().field().name(),
                  insert.list().stream(),
                  insert.with().isEmpty()
                      ? ""
                      : " with "
                          + WrittenText.list(
                              insert.with(), w -> w.field().name() + " = " + text.of(w.value())));
      case Correction.Repair.Remove remove -> "take %s out".formatted(remove.element().name());
      case Correction.Repair.Set set ->
          "set %s to %s"
              .formatted(
                  set.path().stream().map(StructType.Field::name).collect(Collectors.joining(".")),
                  text.of(set.value()));
      case Correction.Repair.Merge merge ->
          "keep, of %s of %s with %s, the one with the %s %s"
              .formatted(
                  merge.list().field().name(),
                  merge.list().stream(),
                  text.of(merge.where()),
                  merge.highest() ? "highest" : "lowest",
                  text.of(merge.by()));
    };
  }

  private String sample(Sample sample) {
    var sentence = new StringBuilder();
    sample.rate().ifPresent(rate -> sentence.append(BoundText.percent(rate)).append(" of its v"));
    sentence
        .append(sample.rate().isPresent() ? "iolations " : "Violations ")
        .append("are proposed for labels, chosen by ")
        .append(sample.strategy().name().toLowerCase(Locale.ROOT));
    if (sample.strategy() == Strategy.UNCERTAINTY && sample.measure() != Measure.LEAST_CONFIDENT) {
      sentence.append(" by ").append(sample.measure().name().toLowerCase(Locale.ROOT));
    }
    sample.classes().ifPresent(classes -> sentence.append(" of ").append(text.of(classes)));
    sample
        .stratum()
        .ifPresent(
            stratum -> sentence.append(", each value of %s in turn".formatted(text.of(stratum))));
    if (sample.around() > 0) {
      sentence.append(", with %s around".formatted(WrittenText.count(sample.around(), "event")));
    }
    sample.perDay().ifPresent(most -> sentence.append(", at most %,d a day".formatted(most)));
    return sentence.append('.').toString();
  }

  private static String alert(Alert alert) {
    String whom =
        alert.routes().isEmpty() ? "the overview" : WrittenText.list(alert.routes(), "and");
    String lasting =
        alert.lastingNanos() > 0 ? ", for " + Durations.print(alert.lastingNanos()) + "," : "";
    String kept =
        alert.keepNanos() > 0
            ? ", and for %s longer".formatted(Durations.print(alert.keepNanos()))
            : "";
    return "Tells %s when%s %s%s.".formatted(whom, lasting, condition(alert.condition()), kept);
  }

  private static String condition(Condition condition) {
    return switch (condition) {
      case Condition.Rate rate ->
          "%s %s of the %s judged in 5min are violated"
              .formatted(
                  rate.orEqual() ? "at least" : "more than",
                  BoundText.percent(rate.limit()),
                  rate.per() == Unit.IDENTITY
                      ? "identities"
                      : rate.per().name().toLowerCase(Locale.ROOT) + "s");
      case Condition.Breached breached ->
          breached.windows() == 1
              ? "it is violated"
              : "it is violated %,d times in a row".formatted(breached.windows());
      case Condition.Open open -> "an episode has been open for " + Durations.print(open.nanos());
    };
  }
}
