package io.assay.web.rules;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.MovableLimit;
import io.assay.assertion.rule.MovableLimits;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestAsked;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.backtests.SweepPlan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** Asks for an assertion in force to be judged with several thresholds over past events. */
@Service
class SweepAsking {
  /** How many thresholds are tried where nobody says. */
  static final int USUAL_STEPS = 12;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Backtests backtests;
  private final ActiveRules active;

  SweepAsking(Backtests backtests, ActiveRules active) {
    this.backtests = backtests;
    this.active = active;
  }

  /**
   * What somebody wishes.
   *
   * @param limit the id of the number that is moved; null for the first
   * @param low the least threshold, {@code high} the greatest, in the number's unit; null for half,
   *     and twice, of what it is
   * @param steps how many are tried, the active one among them
   */
  record Wish(
      @Nullable String limit,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      int steps,
      PastRange range) {}

  /**
   * The numbers of an assertion that may be moved; none where it holds nothing against a number
   * that its text writes.
   *
   * @throws ResponseStatusException if the rules in force have no such assertion
   */
  List<MovableLimit> limits(String project, String assertion) {
    RuleContent content = generation(project, assertion).set().content();
    return MovableLimits.of(content.files(), content.parameters().keySet(), assertion);
  }

  private RuleGeneration generation(String project, String assertion) {
    return active
        .generation(project)
        .filter(one -> one.rules().assertion(assertion).isPresent())
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "the rules in force have no assertion '%s'".formatted(assertion)));
  }

  /** The ends of a range that somebody may begin with: half of the number, and twice. */
  static BigDecimal low(MovableLimit limit) {
    return limit.value().signum() == 0 ? BigDecimal.ONE.negate() : limit.rounded(ends(limit)[0]);
  }

  static BigDecimal high(MovableLimit limit) {
    return limit.value().signum() == 0 ? BigDecimal.ONE : limit.rounded(ends(limit)[1]);
  }

  private static BigDecimal[] ends(MovableLimit limit) {
    BigDecimal half = limit.value().divide(TWO);
    BigDecimal twice = limit.value().multiply(TWO);
    if (limit.unit().equals("%")) {
      twice = twice.min(BigDecimal.valueOf(100));
    }
    return limit.value().signum() > 0
        ? new BigDecimal[] {half, twice}
        : new BigDecimal[] {twice, half};
  }

  /**
   * Returns its id.
   *
   * @throws IllegalArgumentException with what is wrong with the wish
   * @throws IllegalStateException if none can be begun now
   */
  String begin(String project, String assertion, Wish wish, SignedIn person) {
    RuleGeneration now = generation(project, assertion);
    requireJudged(now.rules(), assertion);
    RuleContent content = now.set().content();
    MovableLimit limit =
        chosen(
            MovableLimits.of(content.files(), content.parameters().keySet(), assertion),
            assertion,
            wish.limit());
    BigDecimal low = wish.low() == null ? low(limit) : wish.low();
    BigDecimal high = wish.high() == null ? high(limit) : wish.high();
    SweepPlan plan = SweepPlan.of(assertion, limit, low, high, wish.steps());
    // Both ends are looked at before anybody waits for them.
    var first = Backtests.moved(content, plan, plan.values().getFirst());
    var last = Backtests.moved(content, plan, plan.values().getLast());
    requireJudged(first, assertion);
    requireJudged(last, assertion);
    return backtests.begin(
        new BacktestAsked(
            project,
            file(now.rules(), assertion),
            content,
            Optional.empty(),
            now.number(),
            wish.range().from(),
            wish.range().to(),
            person.name(),
            Optional.of(plan)));
  }

  /** Embeddings, and labels, are not judged over topics here. */
  private static void requireJudged(CheckedRules rules, String assertion) {
    CheckedAssertion one = rules.assertion(assertion).orElseThrow();
    boolean ofReleases =
        rules.declared().embeddings().stream()
            .map(embeddings -> embeddings.type())
            .map(StreamType::name)
            .anyMatch(one.on().name()::equals);
    if (ofReleases || !rules.assertions().contains(one)) {
      throw new IllegalArgumentException(
          "'%s' judges %s, and backtests here judge events of streams alone"
              .formatted(assertion, ofReleases ? "releases of embeddings" : "no events yet"));
    }
  }

  /**
   * The one that is meant.
   *
   * @throws IllegalArgumentException if there is none
   */
  static MovableLimit chosen(List<MovableLimit> limits, String assertion, @Nullable String id) {
    if (limits.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has no threshold to move: it compares nothing with a number that its text writes,"
                  .formatted(assertion)
              + " and has no bound of time or of events");
    }
    if (id == null || id.isBlank()) {
      return limits.getFirst();
    }
    return limits.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' has no threshold '%s'; it has %s"
                        .formatted(
                            assertion,
                            id,
                            limits.stream()
                                .map(MovableLimit::id)
                                .collect(Collectors.joining(", ")))));
  }

  private static String file(CheckedRules rules, String assertion) {
    return rules.assertion(assertion).orElseThrow().span().source();
  }

  /**
   * The rules in force with a threshold that was tried, as a draft of the file where it stands.
   *
   * @throws IllegalArgumentException if the rules have changed so that it is not there any more
   */
  RuleDraft draft(String project, SweepPlan plan, BigDecimal value) {
    RuleGeneration now = generation(project, plan.assertion());
    RuleContent content = now.set().content();
    MovableLimit limit =
        MovableLimits.of(content.files(), content.parameters().keySet(), plan.assertion()).stream()
            .filter(one -> one.id().equals(plan.limit()))
            .filter(one -> one.condition().equals(plan.condition()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the rules have changed since: '%s' has no '%s' any more; run it again"
                            .formatted(plan.assertion(), plan.condition())));
    List<SourceFile> moved = MovableLimits.moved(content.files(), limit, value);
    String file = limit.span().source();
    String text =
        moved.stream().filter(one -> one.name().equals(file)).findFirst().orElseThrow().text();
    return new RuleDraft(file, file, text, now.number());
  }

  /**
   * @throws ResponseStatusException if there is none
   */
  BacktestRow row(String project, String id) {
    return backtests
        .one(project, id)
        .filter(one -> one.sweep() != null)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "there is no such sweep '%s': a project keeps its last %d backtests"
                        .formatted(id, Backtests.KEPT)));
  }
}
