package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Correction.Repair;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which fields of its events an assertion looks at, by stream, as dotted paths: {@code
 * boxes.score}.
 *
 * <p>A variable stands for the places that it may come from; a record that is taken as a whole is
 * read with all its fields.
 */
final class Reads {
  /** Names of elements, or events, at other times. */
  private static final Set<String> SIGHTINGS = Set.of("before", "after", "previous");

  /** A place in the event of a stream; empty text: the event itself. */
  private record Place(String stream, String path) {
    Place member(String field) {
      return new Place(stream, path.isEmpty() ? field : path + "." + field);
    }
  }

  private final Map<String, Set<String>> paths = new TreeMap<>();
  private final Map<Integer, Set<Place>> origins = new HashMap<>();
  private final Set<Place> sighted;
  private final Set<Place> sides = new HashSet<>();

  Reads(Judgement judgement) {
    String on = judgement.stream().name();
    paths.put(on, new TreeSet<>());
    origins.put(0, Set.of(new Place(on, "")));
    context(judgement.context(), on);
    this.sighted = judgement.each().map(this::each).orElse(Set.of(new Place(on, "")));
    judgement.where().ifPresent(this::value);
    judgement.identity().ifPresent(this::identity);
    judgement.lets().forEach(this::let);
    kind(judgement.kind());
    judgement.context().windowing().ifPresent(w -> windowing(w, false));
    value(judgement.severity());
  }

  Set<String> of(String stream) {
    return Set.copyOf(paths.getOrDefault(stream, Set.of()));
  }

  /** With what is shown and corrected: it is told, though it does not judge. */
  Reads and(Optional<Template> explain, Consequences consequences, Context context) {
    context.windowing().ifPresent(w -> windowing(w, true));
    explain.ifPresent(
        template ->
            template
                .parts()
                .forEach(
                    part -> {
                      if (part instanceof Template.Part.Value(Term term)) {
                        value(term);
                      }
                    }));
    consequences.corrections().forEach(this::correction);
    consequences.sample().ifPresent(sample -> sample.told().forEach(this::value));
    return this;
  }

  private void context(Context context, String on) {
    context
        .join()
        .ifPresent(
            join ->
                join.partners()
                    .forEach(
                        partner -> {
                          String name = partner.stream().name();
                          paths.put(name, new TreeSet<>());
                          origins.put(partner.event().index(), Set.of(new Place(name, "")));
                        }));
    context
        .versions()
        .ifPresent(
            versions -> {
              origins.put(versions.older().index(), Set.of(new Place(on, "")));
              origins.put(versions.newer().index(), Set.of(new Place(on, "")));
              value(versions.version());
              value(versions.input());
            });
    if (context.join().isPresent()
        && context.join().get().how() instanceof Context.Join.How.AsOf asOf) {
      value(asOf.time());
    }
  }

  private Set<Place> each(Each each) {
    Set<Place> list = places(each.list());
    list.forEach(this::note);
    origins.put(each.element().index(), list);
    each.where().ifPresent(this::value);
    return list;
  }

  private void identity(Identity identity) {
    switch (identity) {
      case Identity.ByValue byValue -> value(byValue.value());
      case Identity.ByOverlap byOverlap -> value(byOverlap.area());
    }
  }

  private void let(Let let) {
    value(let.term());
    origins.put(let.local().index(), places(let.term()));
  }

  private void kind(Kind kind) {
    switch (kind) {
      case Kind.Absent ignored -> {}
      case Kind.Present ignored -> {}
      case Kind.Returns returns -> value(returns.attribute());
      case Kind.Transitions ignored -> {}
      case Kind.Consistent consistent -> value(consistent.attribute());
      case Kind.Change change -> value(change.value());
      case Kind.Silence ignored -> {}
      case Kind.Match match -> match(match);
      case Kind.Expect expect -> expect.expectations().forEach(e -> value(e.condition()));
      case Kind.Schema ignored -> {}
    }
  }

  private void match(Kind.Match match) {
    for (Kind.Side side : match.sides()) {
      Set<Place> list = places(side.list());
      list.forEach(this::note);
      sides.addAll(list);
      origins.put(side.element().index(), list);
    }
    for (Kind.Side side : match.sides()) {
      side.unmatched().ifPresent(this::value);
      side.ignores().forEach(this::value);
    }
    match.pairings().forEach(pairing -> value(pairing.where()));
    match.expectations().forEach(e -> value(e.condition()));
  }

  /** {@code told}: those statistics that the sentence alone uses. */
  private void windowing(Windowing windowing, boolean told) {
    windowing.segments().forEach(segment -> value(segment.value()));
    windowing.statistics().stream()
        .filter(statistic -> statistic.toldOnly() == told)
        .forEach(statistic -> statistic.terms().forEach(this::value));
    windowing.lets().forEach(this::let);
    windowing.across().forEach(across -> value(across.each()));
  }

  private void correction(Correction correction) {
    correction.when().ifPresent(this::value);
    correction.gathered().forEach(gathered -> value(gathered.each()));
    switch (correction.repair()) {
      case Repair.Insert insert -> insert.with().forEach(with -> value(with.value()));
      case Repair.Remove ignored -> {}
      case Repair.Set set -> value(set.value());
      case Repair.Merge merge -> {
        Set<Place> row = origins.getOrDefault(merge.list().event().index(), Set.of());
        row.forEach(
            place -> {
              Place list = place.member(merge.list().field().name());
              note(list);
              note(list.member(merge.area().name()));
              origins.put(merge.element().index(), Set.of(list));
            });
        value(merge.by());
      }
    }
  }

  /** A term whose value is used: a record among them is used whole. */
  private void value(Term term) {
    places(term).forEach(place -> whole(place, term.type()));
  }

  private void note(Place place) {
    if (!place.path().isEmpty()) {
      paths.computeIfAbsent(place.stream(), s -> new TreeSet<>()).add(place.path());
    }
  }

  private void whole(Place place, Type type) {
    note(place);
    Type inner = type instanceof Type.ListOf list ? list.element() : type;
    if (inner instanceof StructType struct) {
      struct.fields().forEach(field -> whole(place.member(field.name()), field.type()));
    }
  }

  /** Where the term's value lies, if it lies in an event; notes what is read on the way. */
  private Set<Place> places(Term term) {
    switch (term) {
      case Term.Read read -> {
        return origin(read.local());
      }
      case Term.Select select -> {
        return member(select.target(), select.field().name());
      }
      case Term.Has has -> member(has.target(), has.name());
      case Term.Call call -> {
        // Counting a list needs none of its elements' fields.
        boolean counts = call.overload().equals("size_list");
        call.arguments().forEach(counts ? this::places : this::value);
      }
      case Term.Comprehension comprehension -> {
        return comprehension(comprehension);
      }
      case Term.Clusters clusters -> {
        Set<Place> range = places(clusters.range());
        origins.put(clusters.a().index(), range);
        origins.put(clusters.b().index(), range);
        value(clusters.related());
        return range;
      }
      default -> Subterms.of(term).forEach(this::value);
    }
    return Set.of();
  }

  private Set<Place> comprehension(Term.Comprehension comprehension) {
    Set<Place> range = places(comprehension.range());
    origins.put(comprehension.variable().index(), range);
    value(comprehension.predicate());
    if (comprehension.macro() == Term.Macro.MAP) {
      return places(comprehension.result());
    }
    return comprehension.macro() == Term.Macro.FILTER ? range : Set.of();
  }

  private Set<Place> origin(Local local) {
    Set<Place> known = origins.get(local.index());
    if (known != null) {
      return known;
    }
    if (local.name().equals("unmatched")) {
      return sides;
    }
    return SIGHTINGS.contains(local.name()) ? sighted : Set.of();
  }

  private Set<Place> member(Term target, String field) {
    Set<Place> members = new HashSet<>();
    places(target).forEach(place -> members.add(place.member(field)));
    members.forEach(this::note);
    return members;
  }
}
