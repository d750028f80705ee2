package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;

/** Which types go together. DYN goes with all: it is looked at when the value is there. */
final class Types {
  private Types() {}

  /** Whether a value of one type is a value of the other as it stands. */
  static boolean isA(Type type, Type wanted) {
    if (type.equals(wanted) || type == Basic.UNKNOWN || wanted == Basic.DYN) {
      return true;
    }
    boolean plain = type == Basic.RATIO || type == Basic.PIXELS || type == Basic.DOUBLE;
    boolean plainWanted = wanted == Basic.DOUBLE || wanted == Basic.PIXELS || wanted == Basic.RATIO;
    return (plain && plainWanted)
        || (type instanceof Type.EnumOf && wanted == Basic.STRING)
        || (type instanceof Type.ListOf list
            && wanted instanceof Type.ListOf wantedList
            && (isA(list.element(), wantedList.element()) || list.element() == Basic.DYN))
        || (type instanceof Type.MapOf map
            && wanted instanceof Type.MapOf wantedMap
            && (isA(map.key(), wantedMap.key()) || wantedMap.key() instanceof Type.EnumOf)
            && isA(map.value(), wantedMap.value()));
  }

  /** Whether values of two types may be equal. */
  static boolean comparable(Type left, Type right) {
    if (isA(left, right) || isA(right, left)) {
      return true;
    }
    return switch (left) {
      case Type.EnumOf ignored -> right instanceof Type.EnumOf;
      case Type.ListOf list ->
          right instanceof Type.ListOf other && comparable(list.element(), other.element());
      case Type.MapOf map ->
          right instanceof Type.MapOf other
              && comparable(map.key(), other.key())
              && comparable(map.value(), other.value());
      default -> false;
    };
  }

  /** The one type of all, DYN where there is none. An empty list is one of anything. */
  static Type common(List<Term> terms) {
    List<Type> types =
        terms.stream().filter(term -> !isEmpty(term, terms)).map(Term::type).toList();
    if (types.isEmpty()) {
      return terms.isEmpty() ? Basic.DYN : terms.get(0).type();
    }
    Type type = types.get(0);
    for (Type other : types) {
      type = join(type, other);
    }
    boolean mixed = types.stream().anyMatch(other -> !other.equals(types.get(0)));
    return mixed && type.isFloating() ? Basic.DOUBLE : type;
  }

  private static boolean isEmpty(Term term, List<Term> among) {
    return switch (term) {
      case Term.ListLiteral list ->
          list.elements().isEmpty()
              && among.stream().allMatch(other -> other.type() instanceof Type.ListOf);
      case Term.MapLiteral map ->
          map.entries().isEmpty()
              && among.stream().allMatch(other -> other.type() instanceof Type.MapOf);
      default -> false;
    };
  }

  private static Type join(Type left, Type right) {
    if (left instanceof Type.ListOf a && right instanceof Type.ListOf b) {
      return comparable(a, b) ? new Type.ListOf(join(a.element(), b.element())) : Basic.DYN;
    }
    if (left instanceof Type.MapOf a && right instanceof Type.MapOf b) {
      return comparable(a, b)
          ? new Type.MapOf(join(a.key(), b.key()), join(a.value(), b.value()))
          : Basic.DYN;
    }
    return isA(right, left) ? left : isA(left, right) ? right : Basic.DYN;
  }
}
