package io.assay.assertion.assist;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.AssayLexer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** The names that mean something at a place: fields of its stream, and what was named before it. */
final class Surroundings {
  private static final Set<String> MACROS =
      Set.of("all", "exists", "exists_one", "filter", "map", "clusters");

  private final List<Token> before;
  private final Schemas schemas;
  private final Optional<StreamType> stream;
  private final Map<String, Type> locals = new LinkedHashMap<>();

  Surroundings(List<Token> before, Schemas schemas) {
    this.before = before;
    this.schemas = schemas;
    this.stream = streamOf().map(schemas.streams()::get);
    readLocals();
    readKinds();
  }

  private Optional<String> streamOf() {
    if (type(0) == AssayLexer.STREAM) {
      return text(1);
    }
    int word = type(0) == AssayLexer.TEST ? AssayLexer.GIVEN : AssayLexer.ON;
    for (int i = before.size() - 2; i >= 0; i--) {
      if (type(i) == word) {
        return text(i + 1);
      }
    }
    return Optional.empty();
  }

  private int type(int place) {
    return place >= 0 && place < before.size() ? before.get(place).getType() : 0;
  }

  private Optional<String> text(int place) {
    return place < before.size() ? Optional.of(before.get(place).getText()) : Optional.empty();
  }

  private void readLocals() {
    for (int i = 0; i + 1 < before.size(); i++) {
      String next = before.get(i + 1).getText();
      if (type(i) == AssayLexer.LET) {
        locals.put(next, Basic.DYN);
      } else if (type(i) == AssayLexer.JOIN || (type(i) == AssayLexer.COMMA && isPartner(i))) {
        StreamType partner = schemas.streams().get(next);
        if (partner != null) {
          locals.put(next, partner.root());
        }
      } else if (type(i + 1) == AssayLexer.IN && binds(i - 1)) {
        int name = i;
        pathFrom(i + 2).flatMap(Surroundings::element).ifPresent(one -> put(name, one));
      } else if (MACROS.contains(before.get(i).getText())
          && type(i + 1) == AssayLexer.LPAREN
          && i + 2 < before.size()) {
        readMacro(i);
      }
    }
    stream.ifPresent(own -> locals.putIfAbsent(own.name(), own.root()));
  }

  private void put(int place, Type type) {
    locals.put(before.get(place).getText(), type);
  }

  /** Whether a comma stands in a list of joined streams. */
  private boolean isPartner(int comma) {
    int i = comma;
    while (i > 1 && type(i) == AssayLexer.COMMA) {
      i -= 2;
    }
    return type(i) == AssayLexer.JOIN;
  }

  private boolean binds(int place) {
    int type = type(place);
    return type == AssayLexer.EACH
        || type == AssayLexer.FOR
        || type == AssayLexer.MATCH
        || type == AssayLexer.ANY
        || type == AssayLexer.ONE
        || type == AssayLexer.COMMA;
  }

  /** {@code boxes.exists(b, …)}, {@code clusters(boxes, a, b, …)}. */
  private void readMacro(int at) {
    boolean method = type(at - 1) == AssayLexer.DOT;
    Optional<Type> list = method ? path(at - 2) : pathFrom(at + 2);
    Optional<Type> element = list.flatMap(Surroundings::element);
    if (method) {
      element.ifPresent(one -> put(at + 2, one));
    } else {
      for (int i = at + 3; i + 1 < before.size() && type(i) != AssayLexer.RPAREN; i++) {
        int place = i + 1;
        if (type(i) == AssayLexer.COMMA) {
          element.ifPresent(one -> locals.putIfAbsent(before.get(place).getText(), one));
        }
      }
    }
  }

  private void readKinds() {
    Type sighted =
        locals.entrySet().stream().map(Map.Entry::getValue).findFirst().orElse(Basic.DYN);
    for (int i = 0; i < before.size(); i++) {
      boolean begins = i == 0 || before.get(i - 1).getLine() < before.get(i).getLine();
      if (!begins || type(0) != AssayLexer.ASSERTION) {
        continue;
      }
      switch (type(i)) {
        case AssayLexer.ABSENT -> {
          name("gap", Basic.DURATION);
          name("events", Basic.INT);
          name("before", sighted);
          name("after", sighted);
        }
        case AssayLexer.PRESENT -> {
          name("lifetime", Basic.DURATION);
          name("events", Basic.INT);
        }
        case AssayLexer.RETURNS, AssayLexer.TRANSITIONS, AssayLexer.CONSISTENT -> {
          name("from", Basic.DYN);
          name("to", Basic.DYN);
          name("count", Basic.INT);
          name("minority", Basic.RATIO);
          name("majority", Basic.RATIO);
        }
        case AssayLexer.CHANGE -> {
          name("value", Basic.DYN);
          name("elapsed", Basic.DURATION);
          name("previous", sighted);
        }
        case AssayLexer.SILENCE -> name("silent", Basic.DURATION);
        case AssayLexer.MATCH -> {
          name("side", Basic.STRING);
          name("unmatched", new Type.ListOf(Basic.DYN));
        }
        case AssayLexer.WINDOW -> {
          name("count", Basic.INT);
          name("start", Basic.TIMESTAMP);
          name("end", Basic.TIMESTAMP);
        }
        case AssayLexer.COMPARE -> {
          name("pairs", Basic.INT);
          stream.ifPresent(own -> name("old", own.root()));
          stream.ifPresent(own -> name("new", own.root()));
        }
        default -> {}
      }
    }
  }

  private void name(String name, Type type) {
    locals.putIfAbsent(name, type);
  }

  Optional<StreamType> stream() {
    return stream;
  }

  /** What was named in the declaration, with its type; {@code DYN} where that is not worked out. */
  Map<String, Type> locals() {
    return locals;
  }

  /** The type of a path that ends at a word before the place: {@code b.area} in front of a dot. */
  Optional<Type> path(int end) {
    int begin = end;
    while (true) {
      if (type(begin) == AssayLexer.RBRACKET) {
        while (begin > 0 && type(begin) != AssayLexer.LBRACKET) {
          begin--;
        }
        begin--;
      }
      if (type(begin - 1) != AssayLexer.DOT) {
        return begin < 0 ? Optional.empty() : walk(begin, end);
      }
      begin -= 2;
    }
  }

  private Optional<Type> pathFrom(int begin) {
    int end = begin;
    while (type(end + 1) == AssayLexer.DOT && end + 2 < before.size()) {
      end += 2;
    }
    return begin < before.size() ? walk(begin, end) : Optional.empty();
  }

  private Optional<Type> walk(int begin, int end) {
    Optional<Type> type = named(before.get(begin).getText());
    for (int i = begin + 1; i <= end && type.isPresent(); i++) {
      if (type(i) == AssayLexer.LBRACKET) {
        type = type.flatMap(Surroundings::element);
        while (i < end && type(i) != AssayLexer.RBRACKET) {
          i++;
        }
      } else if (type(i) == AssayLexer.DOT && i < end) {
        String member = before.get(i + 1).getText();
        type = type.flatMap(of -> member(of, member));
        i++;
      }
    }
    return type;
  }

  /** The type of a name that stands alone. */
  Optional<Type> named(String name) {
    Type local = locals.get(name);
    if (local != null) {
      return Optional.of(local);
    }
    return stream.flatMap(own -> own.root().field(name)).map(StructType.Field::type);
  }

  private static Optional<Type> member(Type of, String name) {
    return of instanceof StructType struct
        ? struct.field(name).map(StructType.Field::type)
        : Optional.empty();
  }

  private static Optional<Type> element(Type type) {
    return switch (type) {
      case Type.ListOf list -> Optional.of(list.element());
      case Type.MapOf map -> Optional.of(map.value());
      case Type.Vector ignored -> Optional.of(Basic.DOUBLE);
      case StructType struct -> Optional.of(struct);
      case Type.EnumOf ignored -> Optional.empty();
      case Type.Basic ignored -> Optional.empty();
    };
  }

  /** The values that may stand here: behind {@code label ==}, or in a list behind {@code in}. */
  List<String> values() {
    int i = before.size() - 1;
    while (i > 0
        && (type(i) == AssayLexer.STRING
            || type(i) == AssayLexer.UNCLOSED_STRING
            || type(i) == AssayLexer.COMMA
            || type(i) == AssayLexer.LBRACKET)) {
      i--;
    }
    int sign = type(i);
    boolean compares =
        sign == AssayLexer.EQUALS || sign == AssayLexer.NOT_EQUALS || sign == AssayLexer.IN;
    return compares && path(i - 1).orElse(Basic.DYN) instanceof Type.EnumOf one
        ? one.values()
        : List.of();
  }
}
