package io.assay.assertion.rule.format;

/** Where two tokens that may touch would be read as something else. */
final class Seams {
  private Seams() {}

  static boolean needSpace(String left, String right) {
    int last = left.codePointBefore(left.length());
    int first = right.codePointAt(0);
    if (inWord(last) && (inWord(first) || first == '"' || first == '\'')) {
      return true;
    }
    boolean number = Character.isDigit(left.codePointAt(0)) || left.startsWith(".");
    return switch (last) {
      // 5%(…) would be a modulo.
      case '%' -> number && operand(first);
      case '.' -> first == '.' || Character.isDigit(first);
      case '/' -> first == '/';
      case '<', '>', '=', '!' -> first == '=';
      default -> number && (first == '%' || (first == '.' && right.length() > 1));
    };
  }

  private static boolean operand(int next) {
    return Character.isLetterOrDigit(next) || "_\"'`([{.-!".indexOf(next) >= 0;
  }

  private static boolean inWord(int character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }
}
