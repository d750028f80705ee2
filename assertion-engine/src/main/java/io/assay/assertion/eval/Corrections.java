package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Correction.Repair;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the output should have been: the corrections of a rule, applied to the events that its
 * violation shows. A correction whose value cannot be told proposes nothing.
 */
final class Corrections {
  private final Scope scope;
  private final List<Compiled> all;

  private record Compiled(Optional<BoolTerm> when, Act act, List<Gathered> gathered) {}

  private record Gathered(Correction.Gathered from, ReferenceTerm each) {}

  private record With(StructType.Field field, ReferenceTerm value) {}

  /** A repair with its expressions compiled. */
  private sealed interface Act {
    record Insert(Repair.Insert repair, List<With> with) implements Act {}

    record Remove() implements Act {}

    record Set(boolean ofEvent, List<StructType.Field> path, ReferenceTerm value) implements Act {}

    record Merge(Merging merging) implements Act {}
  }

  Corrections(Scope scope) {
    this.scope = scope;
    this.all = scope.assertion.consequences().corrections().stream().map(this::compile).toList();
  }

  private Compiled compile(Correction correction) {
    return new Compiled(
        correction.when().map(scope.terms::bool),
        act(correction.repair()),
        correction.gathered().stream()
            .map(one -> new Gathered(one, scope.terms.value(one.each())))
            .toList());
  }

  private Act act(Repair repair) {
    return switch (repair) {
      case Repair.Insert insert ->
          new Act.Insert(
              insert,
              insert.with().stream()
                  .map(one -> new With(one.field(), scope.terms.value(one.value())))
                  .toList());
      case Repair.Remove ignored -> new Act.Remove();
      case Repair.Set set ->
          new Act.Set(
              set.row().index() == scope.assertion.event().index(),
              set.path(),
              scope.terms.value(set.value()));
      case Repair.Merge merge -> new Act.Merge(new Merging(scope, merge));
    };
  }

  /** Leaves the frame as it was: the deciding event and its element bound. */
  List<Violation.Corrected> propose(Finding finding) {
    List<Compiled> due = all.stream().filter(this::isDue).toList();
    if (due.isEmpty()) {
      return List.of();
    }
    Map<Past, CorrectedEvent> corrected = new LinkedHashMap<>();
    for (Compiled one : due) {
      for (Finding.Shown shown : targets(one.act(), finding)) {
        apply(one, shown, finding, corrected);
      }
    }
    rebind(finding);
    return corrected.values().stream()
        .filter(event -> !event.actions.isEmpty())
        .map(
            event ->
                new Violation.Corrected(
                    event.event.id(),
                    event.event.at(),
                    List.copyOf(event.actions),
                    scope.fields.freeze(event.row())))
        .toList();
  }

  private boolean isDue(Compiled correction) {
    try {
      return correction.when().isEmpty() || correction.when().get().test(scope.frame);
    } catch (NoValue e) {
      return false;
    }
  }

  /** The events at fault, by the role in which the kind shows them. */
  private List<Finding.Shown> targets(Act act, Finding finding) {
    Set<String> roles =
        switch (scope.assertion.kind()) {
          case Kind.Absent ignored when act instanceof Act.Insert -> Set.of("gap");
          case Kind.Present ignored -> Set.of("life");
          case Kind.Returns ignored -> Set.of("gap");
          case Kind.Consistent ignored -> Set.of("before", "at");
          default -> Set.of("at", "after", "new");
        };
    return Finding.evenly(
        finding.around().stream()
            .filter(shown -> roles.contains(shown.role()) && shown.event().row() != null)
            .toList(),
        Violation.MOST_EVENTS);
  }

  private void apply(
      Compiled correction,
      Finding.Shown shown,
      Finding finding,
      Map<Past, CorrectedEvent> corrected) {
    Row row = shown.event().row();
    if (row == null) {
      return;
    }
    CorrectedEvent event =
        corrected.computeIfAbsent(shown.event(), past -> new CorrectedEvent(past, row));
    try {
      Optional<Object> element = gatherAndBind(correction, shown, finding);
      switch (correction.act()) {
        case Act.Insert insert -> insert(insert, event);
        case Act.Remove ignored -> element.ifPresent(event::remove);
        case Act.Set set -> set(set, element, event);
        case Act.Merge merge -> merge.merging().apply(event);
      }
    } catch (NoValue e) {
      // nothing is proposed where the right value cannot be told
    }
  }

  /** Binds what the correction reads, for this event; its element where it has one. */
  private Optional<Object> gatherAndBind(
      Compiled correction, Finding.Shown shown, Finding finding) {
    for (Gathered one : correction.gathered()) {
      List<Gathering.Seen> seen = seen(one, finding);
      Correction.Gathered from = one.from();
      Object value =
          Gathering.gather(from.how(), from.local().type(), seen, shown.event().at())
              .orElseThrow(() -> NoValue.missing("nothing was seen around"));
      scope.bind(from.local(), value);
    }
    Optional<Object> own = finding.element().or(() -> element(shown));
    if (own.isEmpty()) {
      nearest(shown, finding).flatMap(this::element).ifPresent(scope::element);
    }
    scope.event(Objects.requireNonNull(shown.event().row()));
    own.ifPresent(scope::element);
    return own;
  }

  private List<Gathering.Seen> seen(Gathered gathered, Finding finding) {
    List<Gathering.Seen> seen = new ArrayList<>();
    for (Finding.Shown shown : finding.around()) {
      Optional<Object> element = element(shown);
      if (element.isPresent()) {
        scope.bind(gathered.from().element(), element.get());
        try {
          seen.add(new Gathering.Seen(shown.event().at(), gathered.each().value(scope.frame)));
        } catch (NoValue e) {
          // a sighting without the value says nothing of it
        }
      }
    }
    return seen;
  }

  /** The element that a sighting shows, or the event itself where there are none. */
  private Optional<Object> element(Finding.Shown shown) {
    if (shown.origin().isPresent()) {
      return Optional.empty();
    }
    if (scope.assertion.each().isEmpty()) {
      return Optional.ofNullable(shown.event().row());
    }
    return shown.subjectIndex() < 0
        ? Optional.empty()
        : scope.elementOf(shown.event(), shown.subjectIndex());
  }

  private static Optional<Finding.Shown> nearest(Finding.Shown wanted, Finding finding) {
    return finding.around().stream()
        .filter(shown -> shown.subjectIndex() >= 0 && shown.event().row() != null)
        .min(Comparator.comparingLong(shown -> Math.abs(shown.event().at() - wanted.event().at())));
  }

  private void insert(Act.Insert insert, CorrectedEvent event) {
    if (!(scope.bound(insert.repair().element()) instanceof Row like)) {
      throw NoValue.missing("there is no element to insert");
    }
    Row element = fitted(like, (StructType) elementType(insert.repair().list()));
    for (With with : insert.with()) {
      element = with(element, List.of(with.field()), with.value().value(scope.frame));
    }
    event.insert(insert.repair().list().field(), element);
  }

  private static io.assay.assertion.event.Type elementType(Correction.ListPlace place) {
    return ((io.assay.assertion.event.Type.ListOf) place.field().type()).element();
  }

  /** An element of another stream's list, with the fields that both have. */
  private static Row fitted(Row like, StructType type) {
    if (like.type().equals(type)) {
      return like;
    }
    Row fitted = new Row(type);
    for (StructType.Field field : type.fields()) {
      Optional<StructType.Field> same = like.type().field(field.name());
      if (same.isPresent()
          && same.get().type().isPrimitive() == field.type().isPrimitive()
          && like.state(same.get().index()) == Row.PRESENT) {
        put(fitted, field, boxed(like, same.get()));
      }
    }
    return fitted;
  }

  private static Object boxed(Row row, StructType.Field field) {
    if (field.type().isFloating()) {
      return row.getDouble(field.slot());
    }
    return field.type().isPrimitive()
        ? (Object) row.getLong(field.slot())
        : Objects.requireNonNull(row.getReference(field.slot()));
  }

  private void set(Act.Set set, Optional<Object> element, CorrectedEvent event) {
    Object value = set.value().value(scope.frame);
    if (set.ofEvent()) {
      event.set(set.path(), value);
    } else if (element.orElse(null) instanceof Row row) {
      Row changed = with(row, set.path(), value);
      if (!same(row, changed, set.path())) {
        event.replace(row, changed);
      }
    }
  }

  private static boolean same(Row before, Row after, List<StructType.Field> path) {
    StructType.Field field = path.getFirst();
    return path.size() == 1
        && before.state(field.index()) == Row.PRESENT
        && boxed(before, field).equals(boxed(after, field));
  }

  /** A copy of a row with one value changed, however deep it lies. */
  static Row with(Row row, List<StructType.Field> path, Object value) {
    Row copy = row.copy();
    StructType.Field field = path.getFirst();
    if (path.size() == 1) {
      put(copy, field, value);
    } else if (row.getReference(field.slot()) instanceof Row nested) {
      copy.setReference(field, with(nested, path.subList(1, path.size()), value));
    }
    return copy;
  }

  private static void put(Row row, StructType.Field field, Object value) {
    switch (value) {
      case Number number when field.type().isFloating() ->
          row.setDouble(field, number.doubleValue());
      case Boolean truth when field.type().isPrimitive() -> row.setLong(field, truth ? 1 : 0);
      case Long whole when field.type().isPrimitive() -> row.setLong(field, whole);
      default -> row.setReference(field, value);
    }
  }

  private void rebind(Finding finding) {
    scope.event(finding.moment().row());
    finding.around().stream()
        .filter(shown -> shown.event().sequence() == finding.moment().now().sequence())
        .findFirst()
        .flatMap(this::element)
        .ifPresent(scope::element);
  }
}
