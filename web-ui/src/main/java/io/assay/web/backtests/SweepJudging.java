package io.assay.web.backtests;

import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.MovableLimit;
import io.assay.assertion.rule.MovableLimits;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.ThresholdSweep;
import io.assay.assertion.scenario.ViolationMark;
import io.assay.stream.contract.RuleContent;
import io.assay.web.backtests.BacktestStore.Taken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Judges the same events once by an assertion with each of several thresholds. */
final class SweepJudging {
  private final Taken asked;
  private final SweepPlan plan;
  private final RuleContent content;
  private final JdbcClient jdbc;
  private final BothVersions.Watch watch;

  SweepJudging(
      Taken asked, SweepPlan plan, RuleContent content, JdbcClient jdbc, BothVersions.Watch watch) {
    this.asked = asked;
    this.plan = plan;
    this.content = content;
    this.jdbc = jdbc;
    this.watch = watch;
  }

  /**
   * @param masked makes a text one that everybody may see
   * @throws IllegalArgumentException with what stands in the way: the rules with one of the
   *     thresholds have mistakes, or the number is not there
   */
  SweepResult judge(PastReading past, Extent extent, UnaryOperator<String> masked) {
    List<CheckedRules> versions = new ArrayList<>();
    for (BigDecimal value : plan.values()) {
      watch.at(0, -1, -1);
      versions.add(compiled(content, plan, value));
    }
    var sweep = new ThresholdSweep(versions, plan.assertion());
    String stream = versions.getFirst().assertion(plan.assertion()).orElseThrow().on().name();
    var outcomes =
        new SweepOutcomes(
            jdbc,
            asked.project(),
            plan.assertion(),
            stream,
            asked.from(),
            asked.to(),
            plan.values().size());
    ThresholdSweep.Outcome outcome;
    try (PastReading.Open open = past.open(sweep.rules(), () -> watch.at(0, -1, -1))) {
      outcome =
          sweep.run(
              asked.project(),
              open.recordings(),
              extent,
              new ThresholdSweep.Listener() {
                @Override
                public void violation(int version, Violation violation, ViolationMark mark) {
                  outcomes.found(version, violation, mark);
                }

                @Override
                public void progress(long events) {
                  watch.at(0, events, open.share());
                }
              });
    }
    return result(outcome, outcomes.totals(), List.copyOf(past.sources()), masked);
  }

  /**
   * The rules with the number at a value.
   *
   * @throws IllegalArgumentException likewise
   */
  static CheckedRules compiled(RuleContent content, SweepPlan plan, BigDecimal value) {
    MovableLimit limit =
        MovableLimits.of(content.files(), content.parameters().keySet(), plan.assertion()).stream()
            .filter(one -> one.id().equals(plan.limit()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the rules have no number '%s' of '%s'"
                            .formatted(plan.limit(), plan.assertion())));
    List<SourceFile> files = MovableLimits.moved(content.files(), limit, value);
    var compilation = new RuleCompiler().compile(files, content.parameters());
    return compilation
        .rules()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "with %s the rules have mistakes, and nothing was judged:%n%s"
                        .formatted(
                            plan.shown(value),
                            new IssueRenderer(files).render(compilation.issues()))));
  }

  private SweepResult result(
      ThresholdSweep.Outcome outcome,
      SweepOutcomes.Totals totals,
      List<BacktestResult.Source> sources,
      UnaryOperator<String> masked) {
    List<SweepResult.Point> points = new ArrayList<>();
    for (int i = 0; i < plan.values().size(); i++) {
      BigDecimal value = plan.values().get(i);
      ThresholdSweep.OfVersion one = outcome.versions().get(i);
      AlertRehearsal.Told told = one.alerts();
      var reviews = totals.versions().get(i);
      points.add(
          new SweepResult.Point(
              value,
              value.compareTo(plan.active()) == 0,
              one.result().violations(),
              one.episodes(),
              one.result().judged(),
              one.result().undecided(),
              told.notices(),
              told.pages(),
              orNull(told.perDay(told.notices())),
              orNull(told.perDay(told.pages())),
              reviews.right(),
              reviews.wrong(),
              reviews.unclear(),
              one.result()
                  .error()
                  .map(why -> BacktestResult.sentence(masked.apply(why)))
                  .orElse(null)));
    }
    return new SweepResult(
        outcome.events(),
        outcome.unreadable(),
        points,
        totals.together().right(),
        totals.together().wrong(),
        totals.notFound(),
        totals.all(),
        sources);
  }

  @SuppressWarnings("NullAway") // A record's component that JSON leaves out.
  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
