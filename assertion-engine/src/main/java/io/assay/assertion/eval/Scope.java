package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.LongTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.Plan;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.Sentence;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every kind of assertion compiles alike: what is judged, lets, severity, sentence. */
final class Scope {
  /** Whether an element counts. */
  enum Passes {
    YES,
    NO,
    /** What {@code where} reads is missing or not as declared. */
    UNKNOWN
  }

  final CheckedAssertion assertion;
  final TermCompiler terms;
  final Frame frame;
  final EventFields fields;
  private final Optional<ReferenceTerm> list;
  private final Optional<BoolTerm> where;
  private final List<CompiledLet> lets;
  private final DoubleTerm severity;
  private final Optional<Sentence> sentence;
  private final Evidence severityEvidence;
  private final Corrections corrections;
  private String unknown = "";

  Scope(CheckedAssertion assertion) {
    this.assertion = assertion;
    this.terms = new TermCompiler(assertion.on().size());
    this.frame = new Frame(assertion.locals());
    hidePrivate();
    this.fields = EventFields.of(assertion);
    this.list = assertion.each().map(each -> terms.value(each.list()));
    this.where =
        (assertion.each().isPresent() ? assertion.each().get().where() : assertion.where())
            .map(terms::bool);
    this.lets = compiled(assertion.lets());
    this.severity = terms.number(assertion.severity());
    this.sentence = assertion.explain().map(template -> Sentence.of(terms, template));
    this.severityEvidence = evidence();
    this.corrections = new Corrections(this);
  }

  /** Elements of a private list are private, and what is made of them. */
  private void hidePrivate() {
    if (assertion.each().filter(each -> Evidence.isHidden(terms, each.list())).isPresent()) {
      terms.hide(assertion.each().get().element());
      assertion.named("before").ifPresent(terms::hide);
      assertion.named("after").ifPresent(terms::hide);
    }
    hidePrivate(assertion.lets());
    assertion.context().windowing().ifPresent(this::hidePrivate);
  }

  private void hidePrivate(List<CheckedAssertion.Let> all) {
    all.stream()
        .filter(let -> Evidence.isHidden(terms, let.term()))
        .forEach(let -> terms.hide(let.local()));
  }

  /** What is counted of private values is private, but for how many there are not. */
  private void hidePrivate(Windowing windowing) {
    windowing.segments().stream()
        .filter(segment -> Evidence.isHidden(terms, segment.value()))
        .forEach(segment -> terms.hide(segment.local()));
    windowing.statistics().stream()
        .filter(statistic -> !statistic.overload().startsWith("missing_"))
        .filter(s -> s.terms().stream().anyMatch(term -> Evidence.isHidden(terms, term)))
        .forEach(statistic -> terms.hide(statistic.local()));
    hidePrivate(windowing.lets());
    windowing.across().stream()
        .filter(across -> Evidence.isHidden(terms, across.each()))
        .forEach(across -> terms.hide(across.local()));
  }

  /** {@code let name = term}, compiled. */
  record CompiledLet(Local local, Plan plan) {}

  void event(Row row) {
    frame.setReference(assertion.event(), row);
    if (assertion.each().isEmpty()) {
      evaluateLets();
    }
  }

  /**
   * What is judged of the event bound: its elements under {@code each}, else itself.
   *
   * @throws NoValue where the list is missing or not as declared
   */
  List<?> elements(Row row) {
    return list.isPresent() ? (List<?>) list.get().value(frame) : List.of(row);
  }

  void element(Object element) {
    Optional<Each> each = assertion.each();
    if (each.isPresent()) {
      frame.setReference(each.get().element(), element);
      evaluateLets();
    }
  }

  /** Whether the element bound is to be judged. */
  Passes passes() {
    if (where.isEmpty()) {
      return Passes.YES;
    }
    try {
      return where.get().test(frame) ? Passes.YES : Passes.NO;
    } catch (NoValue e) {
      unknown = e.reason();
      return Passes.UNKNOWN;
    }
  }

  /** Why {@link #passes} was last UNKNOWN. */
  String unknown() {
    return unknown;
  }

  List<CompiledLet> compiled(List<CheckedAssertion.Let> all) {
    return all.stream()
        .map(let -> new CompiledLet(let.local(), terms.compile(let.term())))
        .toList();
  }

  /** Sets what may be set by now; a let without a value is none to whoever reads it. */
  void evaluateLets() {
    evaluate(lets);
  }

  void evaluate(List<CompiledLet> all) {
    for (CompiledLet let : all) {
      try {
        switch (let.plan()) {
          case BoolTerm plan -> frame.setLong(let.local(), plan.test(frame) ? 1 : 0);
          case LongTerm plan -> frame.setLong(let.local(), plan.value(frame));
          case DoubleTerm plan -> frame.setDouble(let.local(), plan.value(frame));
          case ReferenceTerm plan -> frame.setReference(let.local(), plan.value(frame));
        }
      } catch (NoValue e) {
        frame.clear(let.local());
      }
    }
  }

  void name(String name, long value) {
    assertion.named(name).ifPresent(local -> frame.setLong(local, value));
  }

  void name(String name, @Nullable Object value) {
    Optional<Local> local = assertion.named(name);
    if (local.isPresent() && value != null) {
      frame.setReference(local.get(), value);
    } else if (local.isPresent()) {
      frame.clear(local.get());
    }
  }

  /** A name whose value is kept boxed, as an attribute is. */
  void boxed(String name, @Nullable Object value) {
    Optional<Local> local = assertion.named(name);
    if (local.isPresent() && value != null) {
      bind(local.get(), value);
    } else if (local.isPresent()) {
      frame.clear(local.get());
    }
  }

  /** Gives a variable a boxed value. */
  void bind(Local local, Object value) {
    switch (value) {
      case Number number when local.type().isFloating() ->
          frame.setDouble(local, number.doubleValue());
      case Boolean truth when local.type().isPrimitive() -> frame.setLong(local, truth ? 1 : 0);
      case Long whole when local.type().isPrimitive() -> frame.setLong(local, whole);
      default -> frame.setReference(local, value);
    }
  }

  /** What a variable that holds no number stands for now. */
  @Nullable Object bound(Local local) {
    return frame.get(local);
  }

  List<Violation.Corrected> corrections(Finding finding) {
    return corrections.propose(finding);
  }

  /** The element that an event had at a place, with that event bound; none once it is forgotten. */
  Optional<Object> elementOf(@Nullable Past past, int element) {
    if (past == null || past.row() == null) {
      return Optional.empty();
    }
    event(past.row());
    List<?> elements = elements(past.row());
    return element < elements.size() ? Optional.of(elements.get(element)) : Optional.empty();
  }

  /**
   * How bad it is; 0 where that says nothing.
   *
   * @throws NoValue where it cannot be told
   */
  double severity() {
    double value = severity.value(frame);
    if (Double.isNaN(value)) {
      throw NoValue.failed("severity is not a number");
    }
    double bounded = Math.max(0, Math.min(value, Double.MAX_VALUE));
    assertion.named("severity").ifPresent(local -> frame.setDouble(local, bounded));
    return bounded;
  }

  /** The rule's own sentence, or the one that its kind has. */
  String sentence(String otherwise) {
    return sentence.map(compiled -> compiled.fill(frame)).orElse(otherwise);
  }

  String sentence(Supplier<String> otherwise) {
    return sentence.isPresent() ? sentence.get().fill(frame) : otherwise.get();
  }

  /** The beginning of a sentence made for a rule that has none. */
  String title() {
    return assertion.title().orElse(assertion.name());
  }

  /** Evidence of some conditions, and of the severity. */
  Evidence evidence(Term... conditions) {
    List<Term> all = new ArrayList<>(List.of(conditions));
    if (!(assertion.severity() instanceof Term.Constant)) {
      all.add(assertion.severity());
    }
    Optional<Consequences.Sample> sample = assertion.consequences().sample();
    sample.flatMap(Consequences.Sample::stratum).ifPresent(all::add);
    return Evidence.of(terms, all, sample.flatMap(Consequences.Sample::classes));
  }

  List<Violation.Value> severityValues() {
    return severityEvidence.values(frame);
  }
}
