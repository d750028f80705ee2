package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import java.util.Collection;

/**
 * How long nothing of a key must have come until its recording is over: then every bound in time
 * has passed, and nothing of before says anything of what comes after.
 *
 * <p>A bound in events passes with events only, and some kinds compare a key's events however far
 * apart they are. Where there are such, a year is taken for ever.
 */
final class Rest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long YEAR = 366 * 24 * HOUR;

  private Rest() {}

  /** Nanoseconds; an hour at least, since ids and late events are known for a while. */
  static long of(Collection<CheckedAssertion> all, Collection<StreamType> streams) {
    long rest = HOUR;
    for (CheckedAssertion assertion : all) {
      rest = Math.max(rest, bound(assertion));
      rest = Math.max(rest, assertion.identity().map(Rest::coasting).orElse(0L));
      rest = Math.max(rest, assertion.context().join().map(Rest::waiting).orElse(0L));
      rest =
          Math.max(rest, assertion.context().versions().map(v -> apart(assertion, v)).orElse(0L));
    }
    long lateness = streams.stream().mapToLong(StreamType::latenessNanos).max().orElse(0);
    return rest + lateness;
  }

  private static long bound(CheckedAssertion assertion) {
    boolean ofKey = assertion.identity().isEmpty();
    return switch (assertion.kind()) {
      case Kind.Absent kind -> nanos(kind.lessThan());
      case Kind.Present kind -> nanos(kind.lessThan());
      case Kind.Returns kind -> kind.within().map(Rest::nanos).orElse(ofKey ? YEAR : 0);
      case Kind.Transitions kind -> nanos(kind.within());
      case Kind.Consistent kind -> nanos(kind.within());
      case Kind.Change kind -> Math.max(kind.perNanos(), ofKey ? YEAR : 0);
      case Kind.Silence kind -> kind.atMostNanos();
      case Kind.Match ignored -> 0;
      case Kind.Expect ignored -> 0;
      case Kind.Schema ignored -> 0;
    };
  }

  private static long nanos(Bound bound) {
    return switch (bound) {
      case Bound.Time time -> time.nanos();
      case Bound.Events ignored -> YEAR;
    };
  }

  private static long coasting(Identity identity) {
    return identity instanceof Identity.ByOverlap overlap
        ? overlap.coasting().map(Rest::nanos).orElse(0L)
        : 0;
  }

  /** How far apart two versions of one input may be. */
  private static long apart(CheckedAssertion assertion, Context.Versions versions) {
    long apart = versions.patience();
    if (assertion.kind() instanceof Kind.Expect expect) {
      for (Kind.Expectation line : expect.expectations()) {
        apart = Math.max(apart, line.window().map(versions::reach).orElse(0L));
      }
    }
    return apart;
  }

  private static long waiting(Context.Join join) {
    long reach =
        switch (join.how()) {
          case Context.Join.How.Nearest near -> near.nanos();
          case Context.Join.How.AsOf how -> how.atMostNanos();
        };
    return reach + JoinJudgement.PATIENCE;
  }
}
