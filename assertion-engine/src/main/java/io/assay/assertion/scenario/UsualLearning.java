package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.ExpressionText;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Learned;
import io.assay.assertion.rule.Unusual;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learns from past events what is usual for each {@code unusual(x)}.
 *
 * <p>It is a backtest of rules that are made for it: their severity is 0, so that nothing is
 * violated, and tells the value of x to a sample. {@code expect} holds of nothing and {@code
 * change} allows none, so that x is seen of all that is judged; the other kinds have something to
 * grade only where they find something.
 */
public final class UsualLearning {
  private final CheckedRules rules;
  private final List<Asked> asked = new ArrayList<>();

  private record Asked(Unusual.Site site, CheckedAssertion assertion, Sample sample) {}

  /**
   * What there is to be told of one {@code unusual(x)}.
   *
   * @param file the rules that it stands in
   * @param learned none where too few values were seen
   */
  public record Result(
      String file, String assertion, String expression, long count, Optional<Learned> learned) {}

  /**
   * @param rules compiled to learn
   */
  public UsualLearning(CheckedRules rules) {
    this.rules = rules;
    for (CheckedAssertion assertion : rules.assertions()) {
      for (Unusual.Site site : Unusual.sites(assertion)) {
        asked.add(new Asked(site, assertion, new Sample()));
      }
    }
  }

  /** Whether a rule asks what is unusual. */
  public boolean isAsked() {
    return !asked.isEmpty();
  }

  /** Where a rule that this version does not judge asks: there is nothing to learn from yet. */
  public List<String> pending() {
    return rules.pending().stream()
        .filter(assertion -> !Unusual.sites(assertion).isEmpty())
        .map(CheckedAssertion::name)
        .toList();
  }

  /** Plays the recordings; by one thread, so that samples are the same in every run. */
  public BacktestReport learn(
      String project, List<Recording> recordings, Extent extent, Backtest.Listener listener) {
    var alone = new Extent(extent.from(), extent.to(), extent.keys(), 1);
    return Backtest.run(observing(), project, recordings, alone, new Quiet(listener));
  }

  public List<Result> results() {
    return asked.stream().map(UsualLearning::result).toList();
  }

  private static Result result(Asked one) {
    String expression = ExpressionText.of(one.site().value());
    Sample sample = one.sample();
    return new Result(
        one.assertion().span().source(),
        one.assertion().name(),
        expression,
        sample.count(),
        sample.count() < Learned.FEWEST
            ? Optional.empty()
            : Optional.of(
                sample.learned(
                    one.assertion().name(), expression, one.site().of(), one.site().basis())));
  }

  private CheckedRules observing() {
    List<CheckedAssertion> observing = new ArrayList<>();
    for (Asked one : asked) {
      observing.add(observing(one, one.assertion().name() + ' ' + observing.size()));
    }
    return new CheckedRules(rules.streams(), observing, List.of(), rules.documentHash());
  }

  private static CheckedAssertion observing(Asked one, String name) {
    CheckedAssertion a = one.assertion();
    Term x = one.site().value();
    var told = new Term.Constant(one.sample(), new Type.ListOf(Basic.DOUBLE), x.span());
    return new CheckedAssertion(
        name,
        a.title(),
        a.on(),
        a.mode(),
        a.level(),
        a.event(),
        a.each(),
        a.where(),
        a.identity(),
        a.lets(),
        all(a.kind()),
        a.names(),
        a.locals(),
        new Term.Call(Unusual.OBSERVED, List.of(x, told), Basic.DOUBLE, x.span()),
        Optional.empty(),
        a.context(),
        Consequences.NONE,
        a.reads(),
        a.judgementHash(),
        a.documentation(),
        a.span());
  }

  /** As if all that is judged were violated, where that can be. */
  private static Kind all(Kind kind) {
    return switch (kind) {
      case Kind.Expect expect -> {
        Kind.Expectation first = expect.expectations().getFirst();
        var never = new Term.Constant(false, Basic.BOOL, first.condition().span());
        yield new Kind.Expect(
            List.of(new Kind.Expectation(first.name(), never, first.window(), first.across())));
      }
      case Kind.Change change -> {
        Term.Constant limit = change.limit();
        Object none =
            limit.value() instanceof Long ? Long.valueOf(-1) : (Object) Double.valueOf(-1);
        yield new Kind.Change(
            change.value(),
            new Term.Constant(none, limit.type(), limit.span()),
            change.perNanos(),
            change.previous());
      }
      case Kind.Absent ignored -> kind;
      case Kind.Present ignored -> kind;
      case Kind.Returns ignored -> kind;
      case Kind.Transitions ignored -> kind;
      case Kind.Consistent ignored -> kind;
      case Kind.Silence ignored -> kind;
      case Kind.Match ignored -> kind;
      case Kind.Schema ignored -> kind;
    };
  }

  /** The built-in assertion finds what it finds; nobody asked. */
  private record Quiet(Backtest.Listener listener) implements Backtest.Listener {
    @Override
    public void violation(Violation violation) {}

    @Override
    public void unreadable(String place, String cause, String detail) {
      listener.unreadable(place, cause, detail);
    }

    @Override
    public void progress(long events) {
      listener.progress(events);
    }
  }
}
