package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Window;
import java.util.ArrayList;
import java.util.List;

/** What limits an assertion's state, with the numbers. */
final class StateBounds {
  private final CheckedAssertion assertion;
  private final Load load;

  StateBounds(CheckedAssertion assertion, Load load) {
    this.assertion = assertion;
    this.load = load;
  }

  List<String> texts() {
    var texts = new ArrayList<String>();
    kind(texts);
    if (assertion.identity().isPresent()) {
      texts.add("the identities that live at once");
    }
    Context context = assertion.context();
    context.join().ifPresent(join -> texts.add(join(join)));
    context.versions().ifPresent(v -> texts.add(versions(v)));
    context.truths().forEach(t -> texts.add("truth within " + nanos(t.truth().withinNanos())));
    context.windowing().ifPresent(ignored -> texts.add(windows()));
    StateEstimate.stream(assertion.on(), load).forEach(texts::add);
    return texts.isEmpty() ? List.of("the event itself") : texts;
  }

  private void kind(List<String> texts) {
    switch (assertion.kind()) {
      case Kind.Absent kind -> texts.add("less than " + of(kind.lessThan()));
      case Kind.Present kind ->
          texts.add("twice " + of(kind.lessThan()) + ": a life, and the wait for its end");
      case Kind.Returns kind -> texts.add(of(StateEstimate.returns(kind)));
      case Kind.Transitions kind -> texts.add("within " + of(kind.within()));
      case Kind.Consistent kind -> texts.add("within " + of(kind.within()));
      case Kind.Change ignored ->
          texts.add("the last sighting of each, for " + of(StateEstimate.life(assertion)));
      case Kind.Silence ignored -> texts.add("the time of the last event");
      case Kind.Match ignored -> {}
      case Kind.Expect ignored -> {}
      case Kind.Schema ignored -> {}
    }
  }

  private String join(Context.Join join) {
    return switch (join.how()) {
      case Context.Join.How.Nearest near -> "partners within " + nanos(near.nanos());
      case Context.Join.How.AsOf how -> "partners at most " + nanos(how.atMostNanos()) + " old";
    };
  }

  private String versions(Context.Versions versions) {
    long longest = 0;
    if (assertion.kind() instanceof Kind.Expect expect) {
      for (Kind.Expectation line : expect.expectations()) {
        long own = line.window().map(versions::reach).orElseGet(versions::patience);
        longest = Math.max(longest, own);
      }
    }
    return "another version within " + nanos(longest);
  }

  /** Windows are kept for all keys together. */
  private String windows() {
    if (!(assertion.kind() instanceof Kind.Expect expect)) {
      return "windows";
    }
    List<String> spans =
        expect.expectations().stream()
            .flatMap(line -> line.window().stream())
            .distinct()
            .map(StateBounds::window)
            .toList();
    return "windows %s".formatted(WrittenText.list(spans, "and"));
  }

  private static String window(Window window) {
    return switch (window) {
      case Window.Tumbling w -> "of " + Durations.print(w.nanos());
      case Window.Hopping w ->
          "of %s, %d at once"
              .formatted(Durations.print(w.nanos()), Math.ceilDiv(w.nanos(), w.everyNanos()));
      case Window.Session w -> "that end after " + Durations.print(w.gapNanos());
      case Window.Last w -> "of the last " + BoundText.of(w.bound());
    };
  }

  private String of(Bound bound) {
    return switch (bound) {
      case Bound.Events ignored -> BoundText.of(bound);
      case Bound.Time time -> nanos(time.nanos());
    };
  }

  private String nanos(long nanos) {
    return "%s (%s)"
        .formatted(
            Durations.print(nanos),
            WrittenText.count((long) Math.ceil(load.events(nanos)), "event"));
  }
}
