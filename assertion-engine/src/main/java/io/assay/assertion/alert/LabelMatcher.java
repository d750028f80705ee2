package io.assay.assertion.alert;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a label must be, as Alertmanager writes it: {@code level="critical"}, {@code
 * stream!~"camera.*"}. A label that an alert has not is the empty text. Patterns are RE2's, take no
 * more than linear time, and must fit the whole value.
 *
 * @param pattern the compiled value of {@code =~} and {@code !~}; null for the others
 */
public record LabelMatcher(
    String name, Operator operator, String value, @Nullable Pattern pattern) {
  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");

  /** So long a value may be. */
  public static final int LONGEST = 500;

  /** How a label is held against a value; the longer signs first, as they are looked for. */
  public enum Operator {
    NOT_LIKE("!~"),
    NOT_EQUAL("!="),
    LIKE("=~"),
    EQUAL("=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /**
   * Checked.
   *
   * @throws IllegalArgumentException with what was needed and what came
   */
  public static LabelMatcher of(String name, Operator operator, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a label's name was needed, got '%s'".formatted(name));
    }
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the value of '%s' needs at most %d characters, got %d"
              .formatted(name, LONGEST, value.length()));
    }
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> new LabelMatcher(name, operator, value, null);
      case LIKE, NOT_LIKE -> new LabelMatcher(name, operator, value, compiled(name, value));
    };
  }

  private static Pattern compiled(String name, String value) {
    try {
      return Pattern.compile(value, Pattern.DOTALL);
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "'%s' needs a pattern (RE2), got '%s': %s"
              .formatted(name, value, broken.getDescription()),
          broken);
    }
  }

  /**
   * Reads {@code name="value"}; quotes may be left out. Several in one text are refused: taken for
   * one, they would match nothing.
   *
   * @throws IllegalArgumentException with what was needed and what came
   */
  public static LabelMatcher read(String text) {
    int at = firstSign(text);
    if (at < 0) {
      throw noMatcher(text);
    }
    if (text.startsWith("{")) {
      throw noMatcher(text);
    }
    String rest = text.substring(at);
    for (Operator operator : Operator.values()) {
      if (rest.startsWith(operator.sign())) {
        return of(
            text.substring(0, at).strip(),
            operator,
            value(rest.substring(operator.sign().length()).strip(), text));
      }
    }
    throw new IllegalArgumentException("one of =, !=, =~, !~ was needed, got '%s'".formatted(text));
  }

  private static int firstSign(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '=' || text.charAt(i) == '!') {
        return i;
      }
    }
    return -1;
  }

  private static IllegalArgumentException noMatcher(String text) {
    return new IllegalArgumentException(
        "one matcher such as level=\"critical\" was needed, got '%s'".formatted(text));
  }

  private static String value(String given, String text) {
    if (!given.startsWith("\"")) {
      if (given.indexOf('"') >= 0) {
        throw noMatcher(text);
      }
      return given;
    }
    var plain = new StringBuilder();
    for (int i = 1; i < given.length(); i++) {
      char next = given.charAt(i);
      if (next == '"') {
        if (i < given.length() - 1) {
          throw noMatcher(text);
        }
        return plain.toString();
      }
      boolean escapes = next == '\\' && i + 1 < given.length();
      if (escapes && (given.charAt(i + 1) == '"' || given.charAt(i + 1) == '\\')) {
        i++;
      }
      plain.append(given.charAt(i));
    }
    throw noMatcher(text);
  }

  public boolean matches(Map<String, String> labels) {
    String found = labels.getOrDefault(name, "");
    return switch (operator) {
      case EQUAL -> found.equals(value);
      case NOT_EQUAL -> !found.equals(value);
      case LIKE -> fits(found);
      case NOT_LIKE -> !fits(found);
    };
  }

  private boolean fits(String found) {
    return pattern != null && pattern.matcher(found).matches();
  }

  /** Whether all match. */
  static boolean all(List<LabelMatcher> matchers, Map<String, String> labels) {
    return matchers.stream().allMatch(one -> one.matches(labels));
  }

  /** As it is read. */
  public String written() {
    return name + operator.sign() + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
