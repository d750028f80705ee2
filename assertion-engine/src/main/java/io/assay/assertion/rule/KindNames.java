package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that a kind gives to severity, sentences and corrections, and to tests. */
final class KindNames {
  private KindNames() {}

  /** {@code sighted}: the type of the element, or of the event where there is none. */
  static Map<String, Type> of(Kind kind, Type sighted) {
    Map<String, Type> names = new LinkedHashMap<>();
    switch (kind) {
      case Kind.Absent ignored -> {
        names.put("gap", Basic.DURATION);
        names.put("events", Basic.INT);
        names.put("before", sighted);
        names.put("after", sighted);
      }
      case Kind.Present ignored -> {
        names.put("lifetime", Basic.DURATION);
        names.put("events", Basic.INT);
      }
      case Kind.Returns returns -> shares(names, returns.attribute().type());
      case Kind.Transitions ignored -> shares(names, Basic.STRING);
      case Kind.Consistent consistent -> shares(names, consistent.attribute().type());
      case Kind.Change change -> {
        names.put("value", change.value().type());
        names.put("elapsed", Basic.DURATION);
        names.put("previous", sighted);
      }
      case Kind.Silence ignored -> names.put("silent", Basic.DURATION);
      case Kind.Match match -> names.putAll(match(match));
      case Kind.Expect ignored -> {}
      case Kind.Schema ignored -> {}
    }
    return names;
  }

  private static void shares(Map<String, Type> names, Type value) {
    names.put("from", value);
    names.put("to", value);
    names.put("count", Basic.INT);
    names.put("minority", Basic.RATIO);
    names.put("majority", Basic.RATIO);
  }

  /** The unmatched of either side are of one type only where the streams agree. */
  private static Map<String, Type> match(Kind.Match match) {
    var streams = match.sides().stream().map(Kind.Side::name).distinct().toList();
    var elements = match.sides().stream().map(side -> side.element().type()).distinct().toList();
    Type element = elements.size() == 1 ? elements.getFirst() : Basic.DYN;
    return Map.of(
        "side",
        new Type.EnumOf(streams, java.util.List.of()),
        "unmatched",
        new Type.ListOf(element));
  }
}
