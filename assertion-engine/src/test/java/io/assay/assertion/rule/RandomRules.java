package io.assay.assertion.rule;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rules that follow the grammar and nothing else: any expression stands in any place. */
final class RandomRules {
  private static final List<String> NAMES =
      List.of(
          "a", "b", "boxes", "area", "score", "label", "track", "at", "gap", "none", "key", "T");
  private static final List<String> CALLS =
      List.of(
          "size",
          "iou",
          "area",
          "hour",
          "double",
          "int",
          "string",
          "overlap",
          "clusters",
          "majority",
          "missing",
          "mean",
          "psi",
          "baseline",
          "has",
          "filter",
          "exists",
          "map",
          "all",
          "matches",
          "duration",
          "timestamp",
          "type",
          "touches_border",
          "quantile",
          "unheard_of");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "3u",
          "0.5",
          "5%",
          "500ms",
          "40metres",
          "40m",
          "8px",
          "'car'",
          "\"a {b} c\"",
          "b'x'",
          "true",
          "null",
          "9223372036854775808",
          "1e400",
          "0x7f",
          "\"[a-\"",
          "-1",
          "7d");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in", "&&", "||", "..");

  private final Random random;

  RandomRules(Random random) {
    this.random = random;
  }

  String file() {
    return """
    param T = %s
    stream camera from topic "t" {
      key    key    string
      time   at     timestamp(millis)
      boxes         list { track string? label enum("car", "van") score ratio area rect }
      none          %s
      slice night = %s
    }
    """
            .formatted(expression(2), type(2), expression(2))
        + IntStream.range(0, 4)
            .mapToObj(i -> "assertion r%d on camera {\n%s}\n".formatted(i, clauses()))
            .collect(Collectors.joining())
        + "test r0 \"x\" { given camera every %s key %s boxes of { %s: %s } seen \"101\" expect violation with gap = %s }\n"
            .formatted(amount(), expression(1), name(), expression(1), expression(1));
  }

  private String clauses() {
    return several("", 1 + random.nextInt(5), this::clause);
  }

  private String clause() {
    return switch (random.nextInt(24)) {
      case 0 -> "each b in " + expression(2) + "\n";
      case 1 -> "each b in boxes where " + expression(3) + "\n";
      case 2 -> "identity " + expression(2) + "\n";
      case 3 -> "absent less than " + amount() + "\n";
      case 4 -> "present less than " + amount() + " events\n";
      case 5 -> "severity " + expression(3) + "\n";
      case 6 -> "expect " + expression(3) + "\n";
      case 7 -> "expect n: " + expression(3) + " when present\n";
      case 8 -> "let x = " + expression(3) + "\n";
      case 9 -> "consistent " + expression(2) + " within " + amount() + "\n";
      case 10 -> "change " + expression(2) + " at most " + amount() + " per " + amount() + "\n";
      case 11 -> "correct set b.label = " + expression(2) + "\n";
      case 12 -> "alert when rate per identity > " + amount() + " for " + amount() + "\n";
      case 13 -> "returns " + expression(2) + " within " + amount() + "\n";
      case 14 -> "window tumbling " + amount() + " at least 3 events\n";
      case 15 -> "explain \"{" + name() + "} and {" + name() + "." + name() + "}\"\n";
      case 16 ->
          "identity overlap(%s) >= %s\n"
              .formatted(several(", ", random.nextInt(3), () -> expression(1)), expression(1));
      case 17 -> "join camera within " + amount() + "\n";
      case 18 -> "match a in boxes, c in " + expression(1) + " where " + expression(2) + "\n";
      case 19 -> "correct merge boxes where " + expression(2) + " keep " + expression(1) + "\n";
      case 20 ->
          "correct when %s insert b with area = %s\n".formatted(expression(2), expression(2));
      case 21 -> "compare " + name() + " by " + name() + "\n";
      case 22 -> "transitions at most " + amount() + " within " + amount() + " events\n";
      default -> "where " + expression(3) + "\n";
    };
  }

  private String amount() {
    return switch (random.nextInt(4)) {
      case 0 -> pick(List.of("500ms", "3", "5%", "0", "400px", "1.5", "40m"));
      case 1 -> name();
      case 2 -> "(" + expression(2) + ")";
      default -> "500ms";
    };
  }

  private String type(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(5)) {
      case 1 -> "list<" + type(depth - 1) + ">";
      case 2 -> "map<string, " + type(depth - 1) + ">?";
      case 3 -> "{ f " + type(depth - 1) + " }";
      case 4 -> "list { f " + type(depth - 1) + " }";
      default -> pick(List.of("int", "dyn", "vector(3)", "length(metres)", "bytes?", "rect"));
    };
  }

  private String expression(int depth) {
    int down = depth - 1;
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(12)) {
      case 0 -> name();
      case 1 -> pick(LITERALS);
      case 2 -> "(" + expression(down) + " " + pick(OPERATORS) + " " + expression(down) + ")";
      case 3 -> "!(" + expression(down) + ")";
      case 4 -> "-(" + expression(down) + ")";
      case 5 -> "(" + expression(down) + " ? " + expression(down) + " : " + expression(down) + ")";
      case 6 -> pick(CALLS) + "(" + several(", ", random.nextInt(5), () -> expression(down)) + ")";
      case 7 ->
          "(%s).%s(%s)"
              .formatted(
                  expression(down),
                  pick(CALLS),
                  several(", ", random.nextInt(3), () -> expression(down)));
      case 8 -> "(" + expression(down) + ")." + name();
      case 9 -> "(" + expression(down) + ")[" + expression(down) + "]";
      case 10 -> "[" + several(", ", random.nextInt(4), () -> expression(down)) + "]";
      default -> "{" + expression(down) + ": " + expression(down) + "}";
    };
  }

  private String name() {
    return pick(NAMES);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String several(String between, int number, Supplier<String> each) {
    return IntStream.range(0, number)
        .mapToObj(i -> each.get())
        .collect(Collectors.joining(between));
  }
}
