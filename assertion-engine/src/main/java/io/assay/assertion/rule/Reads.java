package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Template;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields of an event an assertion looks at, as dotted paths: {@code boxes.score}.
 *
 * <p>A variable stands for the place that it came from; a record that is taken as a whole is read
 * with all its fields.
 */
final class Reads {
  /** Names of elements, or events, at other times. */
  private static final Set<String> SIGHTINGS = Set.of("before", "after", "previous");

  private final Set<String> paths = new TreeSet<>();

  /** Where the value of a variable lies in the event; empty text: the event itself. */
  private final Map<Integer, String> origins = new HashMap<>();

  private final Optional<String> element;

  Reads(Judgement judgement) {
    origins.put(0, "");
    this.element = judgement.each().flatMap(this::each);
    judgement.where().ifPresent(this::value);
    judgement.identity().ifPresent(this::identity);
    judgement.lets().forEach(this::let);
    kind(judgement.kind());
    value(judgement.severity());
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
      case Kind.Match ignored -> {}
      case Kind.Expect expect -> expect.expectations().forEach(e -> value(e.condition()));
      case Kind.Schema ignored -> {}
    }
  }

  Set<String> paths() {
    return Set.copyOf(paths);
  }

  /** With what the sentence shows: it is told, though it does not judge. */
  Set<String> andOf(Optional<Template> explain) {
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
    return paths();
  }

  private Optional<String> each(Each each) {
    Optional<String> list = path(each.list());
    list.ifPresent(
        place -> {
          paths.add(place);
          origins.put(each.element().index(), place);
        });
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
    path(let.term()).ifPresent(place -> origins.put(let.local().index(), place));
  }

  /** A term whose value is used: a record among them is used whole. */
  private void value(Term term) {
    Optional<String> place = path(term);
    place.ifPresent(p -> whole(p, term.type()));
  }

  private void whole(String place, Type type) {
    if (!place.isEmpty()) {
      paths.add(place);
    }
    Type inner = type instanceof Type.ListOf list ? list.element() : type;
    if (inner instanceof StructType struct) {
      for (StructType.Field field : struct.fields()) {
        whole(place.isEmpty() ? field.name() : place + "." + field.name(), field.type());
      }
    }
  }

  /** Where the term's value lies in the event, if it lies there; notes what is read on the way. */
  private Optional<String> path(Term term) {
    switch (term) {
      case Term.Constant ignored -> {}
      case Term.Read read -> {
        return origin(read.local());
      }
      case Term.Select select -> {
        return member(select.target(), select.field().name());
      }
      case Term.Has has -> {
        member(has.target(), has.name());
        return Optional.empty();
      }
      case Term.SelectDynamic select -> value(select.target());
      case Term.IsNull isNull -> value(isNull.target());
      case Term.Call call -> {
        // Counting a list needs none of its elements' fields.
        boolean counts = call.overload().equals("size_list");
        call.arguments().forEach(counts ? this::path : this::value);
      }
      case Term.Junction junction -> {
        value(junction.left());
        value(junction.right());
      }
      case Term.Conditional conditional -> {
        value(conditional.condition());
        value(conditional.then());
        value(conditional.otherwise());
      }
      case Term.Comprehension comprehension -> {
        return comprehension(comprehension);
      }
      case Term.Clusters clusters -> {
        Optional<String> range = path(clusters.range());
        range.ifPresent(
            place -> {
              origins.put(clusters.a().index(), place);
              origins.put(clusters.b().index(), place);
            });
        value(clusters.related());
        return range;
      }
      case Term.InRange range -> {
        value(range.value());
        value(range.low());
        value(range.high());
      }
      case Term.WhenPresent whenPresent -> value(whenPresent.condition());
      case Term.ListLiteral list -> list.elements().forEach(this::value);
      case Term.MapLiteral map ->
          map.entries()
              .forEach(
                  entry -> {
                    value(entry.key());
                    value(entry.value());
                  });
    }
    return Optional.empty();
  }

  private Optional<String> comprehension(Term.Comprehension comprehension) {
    Optional<String> range = path(comprehension.range());
    range.ifPresent(place -> origins.put(comprehension.variable().index(), place));
    value(comprehension.predicate());
    if (comprehension.macro() == Term.Macro.MAP) {
      return path(comprehension.result());
    }
    return comprehension.macro() == Term.Macro.FILTER ? range : Optional.empty();
  }

  /** Elements too, of other events. */
  private Optional<String> origin(Local local) {
    String known = origins.get(local.index());
    boolean sighting = SIGHTINGS.contains(local.name());
    return known != null
        ? Optional.of(known)
        : sighting ? element.or(() -> Optional.of("")) : Optional.empty();
  }

  private Optional<String> member(Term target, String field) {
    return path(target)
        .map(
            place -> {
              String member = place.isEmpty() ? field : place + "." + field;
              paths.add(member);
              return member;
            });
  }
}
