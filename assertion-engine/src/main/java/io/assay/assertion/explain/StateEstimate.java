package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is kept of a key at most, worked out from the rule's bounds and a {@link Load}.
 *
 * <p>It follows the layout of the stored state; a test holds it against real ones.
 */
final class StateEstimate {
  /** A judgement hash and the empty memory behind it. */
  private static final int PART = 14;

  /**
   * Version, shape, clocks and counters, the names of key and topic; and the part of the built-in
   * assertion.
   */
  private static final int STREAM = 44 + PART;

  /** Of a joined stream: its names and clock. */
  private static final int BUFFER = 24;

  private static final long REPEATS = 10 * 60_000_000_000L;
  private static final int MOST_IDS = 4096;
  private static final double MOST_EVENTS = 4096;
  private static final double IN_A_ROW = 8;
  private static final int MOST_HALVES = 4096;
  private static final Bound A_MINUTE = new Bound.Time(60_000_000_000L);

  private final CheckedAssertion assertion;
  private final Load load;
  private final StoredBytes bytes;

  StateEstimate(CheckedAssertion assertion, Load load) {
    this.assertion = assertion;
    this.load = load;
    this.bytes = new StoredBytes(load);
  }

  StateSize size() {
    Context context = assertion.context();
    if (context.releases().isPresent()) {
      return releases(context.releases().get());
    }
    double own = part() + trackCount() * track() + episode();
    double events = bytes.events(assertion.on(), Math.min(MOST_EVENTS, kept()));
    double stream = stream(assertion.on());
    for (Context.Join.Partner partner : partners()) {
      events += bytes.events(partner.stream(), 1 + load.events(reach()));
      stream += stream(partner.stream()) + bytes.event(partner.stream()) + BUFFER;
    }
    if (context.join().isPresent()) {
      events += bytes.event(assertion.on());
      stream += BUFFER;
    }
    events += waiting(context) + context.versions().map(this::compared).orElse(0.0);
    String bound = String.join("; ", new StateBounds(assertion, load).texts());
    return new StateSize(
        Math.round(own),
        Math.round(events),
        Math.round(stream),
        context.windowing().map(this::segment).orElse(0L),
        bound);
  }

  /** Of a window's segment; of the last events each is kept. */
  private long segment(Windowing windowing) {
    long bytes = WindowBytes.of(windowing);
    if (assertion.kind() instanceof Kind.Expect expect) {
      for (Kind.Expectation line : expect.expectations()) {
        if (line.window().orElse(null) instanceof Window.Last last) {
          double events = Math.min(load.events(last.bound()), Window.Last.MOST_EVENTS);
          bytes += Math.round(events) * WindowBytes.ofEvent(windowing);
        }
      }
    }
    return bytes;
  }

  /** The built-in assertion is counted with its stream. */
  private int part() {
    return assertion.kind() instanceof Kind.Schema ? 0 : PART;
  }

  /** Events that wait for their truth. */
  private double waiting(Context context) {
    double awaited = 0;
    for (Context.Awaited truth : context.truths()) {
      awaited = Math.max(awaited, load.events(truth.truth().withinNanos()));
    }
    return awaited * bytes.event(assertion.on());
  }

  /** Events whose input the other version may still judge, once for each use of them. */
  private double compared(Context.Versions versions) {
    if (!(assertion.kind() instanceof Kind.Expect expect)) {
      return 0;
    }
    double inOrder = 0;
    double forWindows = 0;
    for (Kind.Expectation line : expect.expectations()) {
      if (line.window().isEmpty()) {
        inOrder = kept(versions.patience());
      } else {
        forWindows = Math.max(forWindows, kept(versions.reach(line.window().get())));
      }
    }
    double half = 2 * bytes.text() + StoredBytes.SPAN + StoredBytes.COUNTER + 2;
    double event = bytes.event(assertion.on());
    return inOrder * (half + event) + forWindows * (half + event);
  }

  private double kept(long nanos) {
    return Math.min(MOST_HALVES, load.events(nanos));
  }

  private StateSize releases(Context.Releases releases) {
    Type vector = releases.embeddings().vector().type();
    double item = bytes.text() + 2 * bytes.value(vector);
    return new StateSize(
        Math.round(item), 0, 0, 0, "one item of two releases; its vector in each, and its name");
  }

  private List<Context.Join.Partner> partners() {
    return assertion.context().join().map(Context.Join::partners).orElse(List.of());
  }

  private long reach() {
    return assertion
        .context()
        .join()
        .map(
            join ->
                switch (join.how()) {
                  case Context.Join.How.Nearest near -> near.nanos();
                  case Context.Join.How.AsOf how -> how.atMostNanos();
                })
        .orElse(0L);
  }

  private double stream(StreamType stream) {
    double ids =
        stream.id().isPresent()
            ? Math.min(MOST_IDS, load.events(Math.max(stream.latenessNanos(), REPEATS)))
            : 0;
    double late =
        stream.latenessNanos() > 0 ? load.events(stream.latenessNanos()) * bytes.event(stream) : 0;
    return STREAM + 16 * ids + late;
  }

  /** Events of the key that may still become evidence. */
  private double kept() {
    return switch (assertion.kind()) {
      case Kind.Absent kind -> 1 + load.events(kind.lessThan());
      case Kind.Present kind -> 1 + 2 * load.events(kind.lessThan());
      case Kind.Returns kind -> 1 + load.events(returns(kind));
      case Kind.Transitions kind -> 1 + load.events(kind.within());
      case Kind.Consistent kind -> 1 + load.events(kind.within());
      case Kind.Change ignored -> isOfKey() ? 2 : sightings(life(assertion));
      case Kind.Silence ignored -> 1;
      case Kind.Match ignored -> 1;
      case Kind.Expect ignored -> 1;
      case Kind.Schema ignored -> 1;
    };
  }

  /** The last sighting of each; lately all events behind it too. */
  private double sightings(Bound life) {
    return load.elements() + Math.min(IN_A_ROW, load.events(life));
  }

  /** Without a bound in time, an identity unseen for a minute is another one. */
  static Bound returns(Kind.Returns kind) {
    return kind.within()
        .orElseGet(
            () ->
                kind.throughEvents().isPresent()
                    ? new Bound.Events(kind.throughEvents().getAsLong() + 1)
                    : A_MINUTE);
  }

  /** How long a life goes on unseen, where the kind does not say it. */
  static Bound life(CheckedAssertion assertion) {
    return assertion.kind() instanceof Kind.Change kind && kind.perNanos() > 60_000_000_000L
        ? new Bound.Time(kind.perNanos())
        : A_MINUTE;
  }

  private boolean isOfKey() {
    return assertion.identity().isEmpty();
  }

  private double trackCount() {
    return switch (assertion.kind()) {
      case Kind.Silence ignored -> 1;
      case Kind.Match ignored -> 0;
      case Kind.Expect ignored -> 0;
      case Kind.Schema ignored -> 0;
      default -> isOfKey() ? 1 : load.elements();
    };
  }

  private double track() {
    double names = isOfKey() ? 6 : 4 + 2 * bytes.text();
    double times = 2 * StoredBytes.INSTANT + 3 * StoredBytes.COUNTER;
    return names + times + trail();
  }

  private double trail() {
    return switch (assertion.kind()) {
      case Kind.Absent ignored -> boxes();
      case Kind.Present kind -> boxes() + 2 + load.events(kind.lessThan());
      case Kind.Returns kind ->
          boxes() + 2 * (bytes.value(kind.attribute().type()) + StoredBytes.INSTANT + 10);
      case Kind.Transitions kind ->
          boxes() + 6 + 6 * Math.min(load.events(kind.within()), kind.atMost() + 1.0);
      case Kind.Consistent kind ->
          boxes() + 6 + load.events(kind.within()) * (1 + bytes.value(kind.attribute().type()));
      case Kind.Change kind -> boxes() + bytes.value(kind.value().type()) + StoredBytes.INSTANT + 4;
      case Kind.Silence ignored -> 0;
      case Kind.Match ignored -> 0;
      case Kind.Expect ignored -> 0;
      case Kind.Schema ignored -> 0;
    };
  }

  /** Followed by its box: the last two. */
  private double boxes() {
    return isOverlap() ? 2 * 9 + StoredBytes.SPAN + StoredBytes.COUNTER : 0;
  }

  private boolean isOverlap() {
    return assertion.identity().filter(Identity.ByOverlap.class::isInstance).isPresent();
  }

  /** One that is open: its subject, its opener and its clocks. */
  private double episode() {
    return bytes.text() + 21 + StoredBytes.ID + StoredBytes.INSTANT + StoredBytes.COUNTER;
  }

  /** What the stream keeps whatever the rules are, in words. */
  static List<String> stream(StreamType stream, Load load) {
    var texts = new ArrayList<String>();
    if (stream.id().isPresent()) {
      long nanos = Math.max(stream.latenessNanos(), REPEATS);
      texts.add("ids of %s, %,d at most".formatted(Durations.print(nanos), MOST_IDS));
    }
    if (stream.latenessNanos() > 0) {
      texts.add(
          "lateness %s (%s)"
              .formatted(
                  Durations.print(stream.latenessNanos()),
                  WrittenText.count(
                      (long) Math.ceil(load.events(stream.latenessNanos())), "event")));
    }
    return texts;
  }
}
