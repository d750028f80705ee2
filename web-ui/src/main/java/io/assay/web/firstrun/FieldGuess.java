package io.assay.web.firstrun;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names and types of fields, as what was seen at their places suggests them. */
final class FieldGuess {
  static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Words that are no names, wherever they stand. */
  static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static final Pattern LIKELY =
      Pattern.compile(
          ".*(score|prob|conf|likelihood|ratio|share|risk|certain|fraction).*|p|p_.*|.*_p");

  private static final Pattern BOX = Pattern.compile("(bbox|box|rect|area|bounding_?box)");

  /** Of more values an enum is a list that nobody keeps. */
  private static final int MOST_VALUES = 8;

  /** So often each value must have come on average before all are thought to be known. */
  private static final int OFTEN = 20;

  private static final int LONGEST_VECTOR = 4096;

  private FieldGuess() {}

  static String from(List<String> path, String used) {
    boolean plain = path.size() == 1 && WORD.matcher(path.getFirst()).matches() && used.isEmpty();
    if (plain && !WORDS.contains(path.getFirst())) {
      return "";
    }
    return " from "
        + path.stream()
            .map(
                step ->
                    WORD.matcher(step).matches() && !WORDS.contains(step) ? step : '"' + step + '"')
            .collect(Collectors.joining("."));
  }

  static String word(String name) {
    String word = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (word.isEmpty() || Character.isDigit(word.charAt(0)) || WORDS.contains(word)) {
      word = '_' + word;
    }
    return word;
  }

  static String free(String word, Set<String> taken) {
    String free = word;
    for (int i = 2; !taken.add(free); i++) {
      free = word + i;
    }
    return free;
  }

  static String field(String name, String type, Set<String> taken) {
    String word = free(word(name), taken);
    boolean mapped = type.startsWith("rect =");
    return word + ' ' + type + (word.equals(name) || mapped ? "" : from(List.of(name), word));
  }

  /**
   * The type of what was seen; empty where nothing was. {@code of}: so often it could have been.
   */
  static Optional<String> type(Seen seen, long of, String name) {
    boolean optional = seen.isEverNull() || seen.present() < of;
    return bare(seen, name).map(type -> optional ? type + '?' : type);
  }

  private static Optional<String> bare(Seen seen, String name) {
    if (seen.present() == 0) {
      return Optional.empty();
    }
    if (seen.isTruth()) {
      return Optional.of("bool");
    }
    if (seen.isNumber()) {
      return Optional.of(number(seen, name));
    }
    if (seen.isTimeText()) {
      return Optional.of("timestamp");
    }
    if (seen.isText()) {
      return Optional.of(text(seen));
    }
    if (seen.isList()) {
      return list(seen, name);
    }
    if (seen.isRecord()) {
      return record(seen);
    }
    return Optional.of("dyn");
  }

  private static String number(Seen seen, String name) {
    if (isWithinOne(seen) && LIKELY.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return "ratio";
    }
    return seen.isWhole() ? "int" : "double";
  }

  /** Whether every number is one that a probability may be. */
  static boolean isWithinOne(Seen seen) {
    return seen.isNumber() && seen.least() >= 0 && seen.greatest() <= 1;
  }

  /** Whether it is one of a few texts, all of which seem to be known. */
  static boolean isChoice(Seen seen) {
    int different = seen.values().size();
    return seen.isText()
        && different > 1
        && different <= MOST_VALUES
        && seen.present() >= (long) OFTEN * different;
  }

  private static String text(Seen seen) {
    boolean plain =
        seen.values().stream().allMatch(value -> value.matches("[\\p{L}\\p{N} ._:/+-]{1,40}"));
    return isChoice(seen) && plain
        ? "enum("
            + seen.texts().stream()
                .map(value -> '"' + value + '"')
                .collect(Collectors.joining(", "))
            + ')'
        : "string";
  }

  private static Optional<String> list(Seen seen, String name) {
    Seen element = seen.element();
    if (element == null || element.present() == 0) {
      return Optional.empty();
    }
    if (element.isNumber() && seen.isOfLength(4) && BOX.matcher(name).matches()) {
      boolean plain = WORD.matcher(name).matches() && !WORDS.contains(name);
      return Optional.of(seen.areCorners() && plain ? "rect = xyxy(" + name + ')' : "rect");
    }
    if (element.isNumber() && seen.isOfLength(seen.longest()) && seen.longest() > 8) {
      return seen.longest() <= LONGEST_VECTOR
          ? Optional.of("vector(" + seen.longest() + ")")
          : Optional.empty();
    }
    if (element.isRecord()) {
      return record(element).map(record -> "list " + record);
    }
    return bare(element, "")
        .filter(type -> Set.of("int", "double", "string", "bool").contains(type))
        .map(type -> "list<" + type + '>');
  }

  private static Optional<String> record(Seen seen) {
    Set<String> taken = new HashSet<>();
    List<String> fields = new ArrayList<>();
    long of = seen.present();
    seen.fields()
        .forEach(
            (name, one) ->
                type(one, of, name).ifPresent(type -> fields.add(field(name, type, taken))));
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of("{ " + String.join("  ", fields) + " }");
  }
}
