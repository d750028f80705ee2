package io.assay.assertion.eval.term;

import java.util.List;
import java.util.Random;

/**
 * Writes expressions of CEL that are well typed, most of them with a value, some without.
 *
 * <p>Durations are whole seconds: dev.cel 0.14 fails on sums that are negative and have a fraction.
 * They stay far below the 292 years to which ours are bounded, and its are not. An empty list is
 * written with the type of its elements, which dev.cel guesses and ours leaves open.
 */
final class ExpressionGenerator {
  /** What an expression is to be. */
  enum Kind {
    BOOL,
    INT,
    UINT,
    DOUBLE,
    STRING,
    BYTES,
    TIMESTAMP,
    DURATION,
    INTS,
    STRINGS,
    MAP,
    MIXED,
    DYN
  }

  private static final List<Kind> ORDERED =
      List.of(
          Kind.BOOL,
          Kind.INT,
          Kind.UINT,
          Kind.DOUBLE,
          Kind.STRING,
          Kind.BYTES,
          Kind.TIMESTAMP,
          Kind.DURATION);

  private final Random random;
  private int variables;

  ExpressionGenerator(long seed) {
    this.random = new Random(seed);
  }

  String any(int depth) {
    return of(Kind.values()[random.nextInt(Kind.values().length)], depth);
  }

  private String of(Kind kind, int depth) {
    if (depth <= 0) {
      return leaf(kind);
    }
    if (random.nextInt(8) == 0) {
      return "(%s ? %s : %s)"
          .formatted(of(Kind.BOOL, depth - 1), of(kind, depth - 1), of(kind, depth - 1));
    }
    return switch (kind) {
      case BOOL -> bool(depth - 1);
      case INT -> whole(depth - 1);
      case UINT -> unsigned(depth - 1);
      case DOUBLE -> number(depth - 1);
      case STRING -> text(depth - 1);
      case BYTES -> bytes(depth - 1);
      case TIMESTAMP -> time(depth - 1);
      case DURATION -> duration(depth - 1);
      case INTS -> ints(depth - 1);
      case STRINGS -> strings(depth - 1);
      case MAP -> map(depth - 1);
      case MIXED -> mixed(depth - 1);
      case DYN -> "dyn(%s)".formatted(of(plain(), depth - 1));
    };
  }

  private Kind plain() {
    return ORDERED.get(random.nextInt(ORDERED.size()));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String leaf(Kind kind) {
    return switch (kind) {
      case BOOL -> pick("true", "false", "b", "b2");
      case INT ->
          pick("0", "1", "-1", "2", "7", "i", "i2", "9223372036854775807", "-9223372036854775808");
      case UINT -> pick("0u", "1u", "3u", "u", "18446744073709551615u");
      case DOUBLE -> pick("0.0", "-1.5", "2.0", "1e3", "d", "d2", "(0.0/0.0)", "(1.0/0.0)");
      case STRING ->
          pick("''", "'a'", "'b'", "'ab\\u00e9'", "'\\U0001F431'", "s", "'12'", "'true'");
      case BYTES -> pick("b''", "b'a'", "b'\\x00\\xff'", "y");
      case TIMESTAMP ->
          pick(
              "timestamp('2009-02-13T23:31:30.123Z')",
              "timestamp('0001-01-01T00:00:00Z')",
              "timestamp('9999-12-31T23:59:59.999999999Z')",
              "timestamp(0)",
              "t");
      case DURATION ->
          pick("duration('0s')", "duration('1h30m')", "duration('-15s')", "duration('1m1s')", "w");
      case INTS -> pick("([] + l)", "[0].filter(z, z > 0)", "[1, 2, 3]", "[0]", "l");
      case STRINGS -> pick("['a', 'b']", "[s]", "['']");
      case MAP -> pick("{'a': 1}", "{'b': 2, 'a': 0}", "m");
      case MIXED -> pick("[1, 'a', 2.0]", "[null, true]", "[1u, 1, 1.0]", "[b'a', [1]]");
      case DYN -> pick("dyn(1)", "dyn('a')", "dyn(2.0)", "dyn(1u)", "dyn(null)", "x");
    };
  }

  private String two(Kind kind, int depth, String... operators) {
    return "(%s %s %s)".formatted(of(kind, depth), pick(operators), of(kind, depth));
  }

  private String bool(int depth) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> two(Kind.BOOL, depth, "&&", "||");
      case 2 -> "!" + of(Kind.BOOL, depth);
      case 3, 4 -> two(plain(), depth, "<", "<=", ">", ">=", "==", "!=");
      case 5 -> two(Kind.DYN, depth, "==", "!=", "<", ">=");
      case 6 ->
          "%s.%s(%s)"
              .formatted(
                  of(Kind.STRING, depth),
                  pick("contains", "startsWith", "endsWith"),
                  of(Kind.STRING, depth));
      case 7 -> "(%s in %s)".formatted(of(Kind.INT, depth), of(Kind.INTS, depth));
      case 8 -> "(%s in %s)".formatted(of(Kind.STRING, depth), of(Kind.MAP, depth));
      case 9 -> macro(of(Kind.INTS, depth), pick("all", "exists", "exists_one"), depth);
      case 10 -> "has(%s.%s)".formatted(of(Kind.MAP, depth), pick("a", "b", "c"));
      default -> two(pickKind(Kind.INTS, Kind.STRINGS, Kind.MAP, Kind.MIXED), depth, "==", "!=");
    };
  }

  private Kind pickKind(Kind... kinds) {
    return kinds[random.nextInt(kinds.length)];
  }

  /** Over ints; the variable stands in the condition, and so may what is outside. */
  private String macro(String range, String name, int depth) {
    String variable = "v" + variables++;
    String condition =
        switch (random.nextInt(4)) {
          case 0 -> "10 / (%s - 1) > %s".formatted(variable, of(Kind.INT, depth - 1));
          case 1 -> "%s in %s".formatted(variable, of(Kind.INTS, depth - 1));
          case 2 -> "%s == %s || %s".formatted(variable, of(Kind.INT, 0), of(Kind.BOOL, depth - 1));
          default ->
              "%s.exists(n%s, n%s > %s)".formatted(of(Kind.INTS, 0), variable, variable, variable);
        };
    return "%s.%s(%s, %s)".formatted(range, name, variable, condition);
  }

  private String whole(int depth) {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> two(Kind.INT, depth, "+", "-", "*", "/", "%");
      case 3 -> "-(%s)".formatted(of(Kind.INT, depth));
      case 4 ->
          "size(%s)"
              .formatted(
                  of(pickKind(Kind.STRING, Kind.BYTES, Kind.INTS, Kind.MAP, Kind.MIXED), depth));
      case 5 ->
          "int(%s)"
              .formatted(of(pickKind(Kind.UINT, Kind.DOUBLE, Kind.STRING, Kind.TIMESTAMP), depth));
      case 6 -> "%s[%s]".formatted(of(Kind.INTS, depth), pick("0", "1", "-1", "i"));
      case 7 -> "%s['%s']".formatted(of(Kind.MAP, depth), pick("a", "b", "c"));
      default ->
          random.nextBoolean()
              ? "%s.%s(%s)"
                  .formatted(
                      of(Kind.TIMESTAMP, depth),
                      pick("getFullYear", "getMonth", "getDate", "getDayOfWeek", "getDayOfYear"),
                      pick("", "'UTC'", "'Asia/Kathmandu'", "'-02:30'"))
              : "%s.%s()"
                  .formatted(
                      of(Kind.DURATION, depth), pick("getHours", "getMinutes", "getSeconds"));
    };
  }

  private String unsigned(int depth) {
    return random.nextBoolean()
        ? two(Kind.UINT, depth, "+", "-", "*", "/", "%")
        : "uint(%s)".formatted(of(pickKind(Kind.INT, Kind.DOUBLE, Kind.STRING), depth));
  }

  private String number(int depth) {
    return switch (random.nextInt(3)) {
      case 0 -> "-(%s)".formatted(of(Kind.DOUBLE, depth));
      case 1 -> "double(%s)".formatted(of(pickKind(Kind.INT, Kind.UINT, Kind.STRING), depth));
      default -> two(Kind.DOUBLE, depth, "+", "-", "*", "/");
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(3)) {
      case 0 ->
          "string(%s)".formatted(of(pickKind(Kind.INT, Kind.UINT, Kind.BOOL, Kind.BYTES), depth));
      case 1 -> "%s[%s]".formatted(of(Kind.STRINGS, depth), pick("0", "1"));
      default -> two(Kind.STRING, depth, "+");
    };
  }

  private String bytes(int depth) {
    return random.nextBoolean()
        ? two(Kind.BYTES, depth, "+")
        : "bytes(%s)".formatted(of(Kind.STRING, depth));
  }

  private String time(int depth) {
    return switch (random.nextInt(3)) {
      case 0 -> "(%s + %s)".formatted(of(Kind.DURATION, depth), of(Kind.TIMESTAMP, depth));
      case 1 -> "timestamp(%s)".formatted(pick("i", "1234567890", "253402300799", "i2"));
      default ->
          "(%s %s %s)"
              .formatted(of(Kind.TIMESTAMP, depth), pick("+", "-"), of(Kind.DURATION, depth));
    };
  }

  private String duration(int depth) {
    return random.nextInt(3) == 0
        ? "(t - %s)"
            .formatted(pick("t", "timestamp(1700000000)", "timestamp('2024-01-01T00:00:00Z')"))
        : two(Kind.DURATION, depth, "+", "-");
  }

  private String ints(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "(%s + %s)".formatted(of(Kind.INTS, depth), of(Kind.INTS, depth));
      case 1 -> macro(of(Kind.INTS, depth), "filter", depth);
      case 2 -> "%s.map(k, k %s %s)".formatted(of(Kind.INTS, depth), pick("+", "*", "/"), "i");
      default -> "[%s, %s]".formatted(of(Kind.INT, depth), of(Kind.INT, depth));
    };
  }

  private String strings(int depth) {
    return random.nextBoolean()
        ? "[%s, %s]".formatted(of(Kind.STRING, depth), of(Kind.STRING, depth))
        : "%s.map(k, string(k))".formatted(of(Kind.INTS, depth));
  }

  private String map(int depth) {
    return "{%s: %s, 'c': %s}"
        .formatted(of(Kind.STRING, depth), of(Kind.INT, depth), of(Kind.INT, depth));
  }

  private String mixed(int depth) {
    return "[%s, %s]".formatted(of(plain(), depth), of(plain(), depth));
  }
}
