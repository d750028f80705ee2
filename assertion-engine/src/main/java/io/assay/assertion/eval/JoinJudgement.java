package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.LongTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Context.Join.How;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An assertion over joined streams, or one that waits for such a one and has no partners itself.
 * Each event of its own stream is judged exactly once: when the partner of each other stream is
 * known, or it is known that none can come.
 *
 * <p>Which event is the partner depends on event times alone, never on which stream was read first.
 */
final class JoinJudgement implements Judgement {
  /** An event waits so long for a partner whose stream is silent, by the time of its own stream. */
  static final long PATIENCE = 10 * 60_000_000_000L;

  private final CheckedAssertion assertion;
  private final Scope scope;
  private final Partners partners;
  private final Judgement inner;
  private final Context.Join join;

  /** Of an assertion without a join. */
  private static final Context.Join ALONE = new Context.Join(List.of(), new How.Nearest(0));

  private final Optional<LongTerm> asOf;
  private final Optional<BoolTerm> where;

  JoinJudgement(CheckedAssertion assertion) {
    this.assertion = assertion;
    this.join = assertion.context().join().orElse(ALONE);
    this.scope = new Scope(assertion);
    this.partners = Partners.of(assertion);
    this.inner =
        switch (assertion.kind()) {
          case Kind.Match kind -> new MatchJudgement(scope, kind, partners);
          case Kind.Expect kind -> new ExpectJudgement(scope, kind, partners);
          default ->
              new BrokenJudgement(
                  assertion,
                  "joined streams go with 'match' and 'expect', not with '%s'"
                      .formatted(assertion.kind().word()));
        };
    this.asOf =
        join.how() instanceof How.AsOf how
            ? Optional.of(scope.terms.whole(how.time()))
            : Optional.empty();
    this.where =
        assertion.each().isEmpty() ? Optional.empty() : assertion.where().map(scope.terms::bool);
  }

  @Override
  public CheckedAssertion assertion() {
    return assertion;
  }

  /** How far from an event its partner may be. */
  long reach() {
    return switch (join.how()) {
      case How.Nearest near -> near.nanos();
      case How.AsOf how -> how.atMostNanos();
    };
  }

  Set<String> partnerStreams() {
    var names = new java.util.LinkedHashSet<String>();
    join.partners().forEach(partner -> names.add(partner.stream().name()));
    return names;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    throw new IllegalStateException("a join is judged with its partners");
  }

  /**
   * Judges an event if its partners are known.
   *
   * @param ended no more events come: what is open now is decided by what there is
   * @return false where it must wait
   */
  boolean judge(Memory memory, Moment moment, Map<String, Buffer> buffers, boolean ended) {
    List<Past> found = new ArrayList<>();
    String missing = "";
    boolean impatient = isImpatient(moment.now(), buffers);
    for (Context.Join.Partner partner : join.partners()) {
      Buffer buffer = Objects.requireNonNull(buffers.get(partner.stream().name()));
      switch (search(buffer, moment)) {
        case Buffer.Search.Found one -> found.add(one.event());
        case Buffer.Search.Missing ignored -> missing = none(partner);
        case Buffer.Search.Open ignored -> {
          if (!ended && !impatient) {
            return false;
          }
          Optional<Past> last = ended ? lastNear(buffer, moment) : Optional.empty();
          last.ifPresent(found::add);
          missing = last.isPresent() ? missing : none(partner);
        }
      }
    }
    if (!missing.isEmpty()) {
      undecided(moment, missing);
    } else {
      partners.bind(found, scope);
      judgeBound(memory, moment);
    }
    return true;
  }

  private boolean isImpatient(Past driver, Map<String, Buffer> buffers) {
    Buffer own = Objects.requireNonNull(buffers.get(assertion.on().name()));
    return own.clock() - driver.at() > PATIENCE + reach()
        || own.events().getLast().sequence() - driver.sequence() >= Buffer.MOST;
  }

  private Buffer.Search search(Buffer buffer, Moment moment) {
    long at = moment.now().at();
    return switch (join.how()) {
      case How.Nearest near -> buffer.nearest(at, near.nanos());
      case How.AsOf how -> {
        scope.event(moment.row());
        try {
          // a time ahead of the event would wait for what nobody has seen yet
          yield buffer.asOf(Math.min(at, asOf.orElseThrow().value(scope.frame)), how.atMostNanos());
        } catch (NoValue e) {
          yield new Buffer.Search.Missing();
        }
      }
    };
  }

  /** At the end of a recording the last before may do. */
  private Optional<Past> lastNear(Buffer buffer, Moment moment) {
    if (buffer.events().isEmpty()) {
      return Optional.empty();
    }
    Past last = buffer.events().getLast();
    return moment.now().at() - last.at() <= reach() ? Optional.of(last) : Optional.empty();
  }

  private String none(Context.Join.Partner partner) {
    return "%s has no event %s %s"
        .formatted(
            partner.stream().name(),
            join.how() instanceof How.Nearest ? "within" : "of the last",
            Durations.print(reach()));
  }

  private void judgeBound(Memory memory, Moment moment) {
    if (where.isPresent()) {
      scope.event(moment.row());
      try {
        if (!where.get().test(scope.frame)) {
          moment.count(assertion.name(), "", Tally.SEEN, 1);
          return;
        }
      } catch (NoValue e) {
        undecided(moment, e.reason());
        return;
      }
    }
    inner.judge(memory, moment);
  }

  private void undecided(Moment moment, String reason) {
    moment.count(assertion.name(), "", Tally.SEEN, 1);
    SelectedEvents.lines(assertion)
        .forEach(line -> moment.undecided(assertion.name(), line, reason));
  }
}
