package io.assay.assertion.explain;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One assertion, explained.
 *
 * @param assertion what is explained
 * @param sentences what it checks and what follows, in plain words
 * @param reads dotted paths of the fields that it reads, by stream; a decoder may skip the rest
 * @param state what is kept of a key
 * @param cost of one event
 * @param steps the cost under the load
 * @param load what state and steps suppose
 * @param documentHash of the rule set's text
 * @param owner of the assertion, else of the stream's model
 */
public record Explanation(
    CheckedAssertion assertion,
    List<String> sentences,
    Map<String, List<String>> reads,
    StateSize state,
    Cost cost,
    long steps,
    Load load,
    String documentHash,
    Optional<String> owner) {
  public Explanation {
    sentences = List.copyOf(sentences);
  }

  /**
   * @param sources the texts that the rules were compiled of: sentences show expressions as written
   */
  public static Explanation of(
      CheckedAssertion assertion, CheckedRules rules, List<SourceFile> sources, Load load) {
    var text = new WrittenText(sources);
    var sentences = new ArrayList<>(new SubjectSentences(assertion, text).sentences());
    sentences.addAll(Named.sentences(assertion, text));
    sentences.addAll(new KindSentences(assertion, text).sentences());
    sentences.addAll(new ConsequenceSentences(assertion, text).sentences());
    Cost cost = new CostEstimate(assertion).cost();
    return new Explanation(
        assertion,
        sentences,
        FieldsRead.of(assertion),
        new StateEstimate(assertion, load).size(),
        cost,
        cost.steps(load, remembered(assertion.kind(), load)),
        load,
        rules.documentHash(),
        assertion.documentation().owner().or(() -> ofModel(assertion, rules)));
  }

  /** Of all assertions, in the order in which they stand in their files. */
  public static List<Explanation> of(CheckedRules rules, List<SourceFile> sources, Load load) {
    List<String> files = sources.stream().map(SourceFile::name).toList();
    return rules.all().stream()
        .sorted(
            Comparator.<CheckedAssertion>comparingInt(a -> files.indexOf(a.span().source()))
                .thenComparingInt(a -> a.span().start()))
        .map(assertion -> of(assertion, rules, sources, load))
        .toList();
  }

  private static double remembered(Kind kind, Load load) {
    return kind instanceof Kind.Consistent consistent ? load.events(consistent.within()) : 0;
  }

  private static Optional<String> ofModel(CheckedAssertion assertion, CheckedRules rules) {
    return assertion
        .on()
        .model()
        .flatMap(
            name ->
                rules.declared().models().stream()
                    .filter(model -> model.name().equals(name))
                    .findFirst())
        .flatMap(model -> model.owner());
  }
}
