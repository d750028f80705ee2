package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open episodes of one assertion and key: of each subject the violation that opened it, and
 * when one was last found. Closed once the assertion's T has passed without another.
 */
final class Episodes {
  /** So many are open at once, whatever the assertion's T allows where time stands still. */
  static final int MOST = 1024;

  private final LinkedHashMap<String, Open> open = new LinkedHashMap<>(2);

  /** Before this time, or event where T counts events, none ends: they only come to last longer. */
  private long next = Long.MIN_VALUE;

  /** At time {@code at}, and as event number {@code index} of the key. */
  record Open(String opener, long at, long index) {}

  Map<String, Open> all() {
    return open;
  }

  void restore(String subject, Open episode) {
    open.put(subject, episode);
  }

  Violation within(Violation violation, Bound quiet, long index) {
    String subject = violation.expectation() + '|' + violation.subject();
    Open before = open.get(subject);
    if (before == null
        || Trails.passed(quiet, before.at(), before.index(), violation.at(), index)) {
      open.put(subject, new Open(violation.id(), violation.at(), index));
      if (open.size() > MOST) {
        open.pollFirstEntry();
      }
      return violation;
    }
    open.put(subject, new Open(before.opener(), violation.at(), index));
    return violation.within(before.opener());
  }

  /** Whether none is left. */
  boolean forget(Bound quiet, long at, long index) {
    long now = quiet instanceof Bound.Time ? at : index;
    if (now < next) {
      return false;
    }
    Iterator<Open> all = open.values().iterator();
    while (all.hasNext()) {
      Open one = all.next();
      if (Trails.passed(quiet, one.at(), one.index(), at, index)) {
        all.remove();
      }
    }
    next = open.values().stream().mapToLong(one -> end(quiet, one)).min().orElse(Long.MIN_VALUE);
    return open.isEmpty();
  }

  /** Before this time, or event where it counts events, it need not be looked at. */
  private static long end(Bound quiet, Open one) {
    return switch (quiet) {
      case Bound.Time time -> until(one.at(), time.nanos());
      case Bound.Events events -> until(one.index(), events.count());
    };
  }

  private static long until(long from, long length) {
    return from > Long.MAX_VALUE - length ? Long.MAX_VALUE : from + length;
  }

  /** For how long it must be quiet: the assertion's T, a minute where it has none. */
  static Bound quiet(CheckedAssertion assertion) {
    return switch (assertion.kind()) {
      case Kind.Absent kind -> kind.lessThan();
      case Kind.Present kind -> kind.lessThan();
      case Kind.Returns kind -> Trails.orAMinute(kind.within());
      case Kind.Transitions kind -> kind.within();
      case Kind.Consistent kind -> kind.within();
      case Kind.Silence kind -> new Bound.Time(kind.atMostNanos());
      case Kind.Change ignored -> Trails.orAMinute(Optional.empty());
      case Kind.Match ignored -> Trails.orAMinute(Optional.empty());
      case Kind.Expect ignored ->
          assertion.context().versions().isEmpty()
              ? Trails.orAMinute(Optional.empty())
              : new Bound.Time(1); // each pair is a subject of its own, and comes once
      case Kind.Schema ignored -> Trails.orAMinute(Optional.empty());
    };
  }

  /** Passes verdicts on, each violation with its episode. For one assertion at a time. */
  static final class Telling implements Verdicts {
    private Memory memory = new Memory();
    private Bound quiet = Trails.orAMinute(Optional.empty());
    private long index;
    private @Nullable Verdicts out;

    void of(Memory judging, Bound wanted, long at, long event) {
      memory = judging;
      quiet = wanted;
      index = event;
      Episodes open = memory.episodes;
      if (open != null && open.forget(quiet, at, index)) {
        memory.episodes = null;
      }
    }

    void to(Verdicts wanted) {
      out = wanted;
    }

    private Verdicts out() {
      return Objects.requireNonNull(out, "nobody listens");
    }

    @Override
    public void violation(Violation violation) {
      Episodes open = memory.episodes == null ? new Episodes() : memory.episodes;
      memory.episodes = open;
      out().violation(open.within(violation, quiet, index));
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      out().count(assertion, expectation, tally, minute, by);
    }

    @Override
    public void count(
        String assertion, String expectation, Tally tally, long minute, long by, int slices) {
      out().count(assertion, expectation, tally, minute, by, slices);
    }

    /** Of a violation that was told just before, as one of the same episode. */
    @Override
    public void silent(Violation violation, long received) {
      Episodes open = Objects.requireNonNull(memory.episodes, "a violation is told first");
      out().silent(open.within(violation, quiet, index), received);
    }

    @Override
    public void speaks(String assertion, String key, long at) {
      out().speaks(assertion, key, at);
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      out().undecided(assertion, expectation, at, reason);
    }

    @Override
    public void late(Event event, LateReason reason) {
      out().late(event, reason);
    }

    @Override
    public void duplicate(Event event) {
      out().duplicate(event);
    }

    @Override
    public void error(String assertion, String message) {
      out().error(assertion, message);
    }
  }
}
