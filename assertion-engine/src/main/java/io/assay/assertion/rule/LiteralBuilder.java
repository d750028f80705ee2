package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;

/** Makes literals of their tokens; one out of range is told and stands as zero. */
final class LiteralBuilder {
  private final Consumer<Issue> issues;

  LiteralBuilder(Consumer<Issue> issues) {
    this.issues = issues;
  }

  /**
   * @param negative whether a sign belongs to the number
   */
  Expr of(Token token, Span span, boolean negative) {
    String text = token.getText();
    return switch (token.getType()) {
      case AssayLexer.INT -> integer(text, span, negative);
      case AssayLexer.UINT -> unsigned(text.substring(0, text.length() - 1), span);
      case AssayLexer.DOUBLE -> new Expr.DoubleLiteral(number(text, span, negative), span);
      case AssayLexer.PERCENT_LITERAL -> new Expr.Percent(percent(text, span), span);
      case AssayLexer.QUANTITY -> quantity(text, span, negative);
      case AssayLexer.STRING ->
          new Expr.StringLiteral(new StringReader(text, span, issues).string(), span);
      case AssayLexer.BYTES -> bytes(new StringReader(text, span, issues).bytes(), span);
      case AssayLexer.TRUE -> new Expr.BoolLiteral(true, span);
      case AssayLexer.FALSE -> new Expr.BoolLiteral(false, span);
      default -> new Expr.NullLiteral(span);
    };
  }

  /** Exactly the double that is nearest to the written share: 5% is 0.05, not 5 * 0.01. */
  private double percent(String text, Span span) {
    double share =
        Decimals.read(text.substring(0, text.length() - 1))
            .map(number -> number.movePointLeft(2).doubleValue())
            .orElse(Double.POSITIVE_INFINITY);
    if (Double.isInfinite(share)) {
      outOfRange(text, "a double is at most 1.8e308", span);
      return 0;
    }
    return share;
  }

  private Expr integer(String text, Span span, boolean negative) {
    try {
      String sign = negative ? "-" : "";
      long value =
          isHex(text) ? Long.parseLong(sign + text.substring(2), 16) : Long.parseLong(sign + text);
      return new Expr.IntLiteral(value, span);
    } catch (NumberFormatException e) {
      outOfRange(text, "an int is a whole number of 64 bits", span);
      return new Expr.IntLiteral(0, span);
    }
  }

  private Expr unsigned(String text, Span span) {
    try {
      long bits =
          isHex(text)
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseUnsignedLong(text);
      return new Expr.UintLiteral(bits, span);
    } catch (NumberFormatException e) {
      outOfRange(text + "u", "a uint is a whole number of 64 bits without a sign", span);
      return new Expr.UintLiteral(0, span);
    }
  }

  private static boolean isHex(String text) {
    return text.startsWith("0x") || text.startsWith("0X");
  }

  private double number(String text, Span span, boolean negative) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      outOfRange(text, "a double is at most 1.8e308", span);
      return 0;
    }
    return negative ? -value : value;
  }

  private void outOfRange(String text, String range, Span span) {
    issues.accept(
        new Issue(
            IssueCode.NUMBER_OUT_OF_RANGE, span, "%s is out of range: %s".formatted(text, range)));
  }

  private static Expr quantity(String text, Span span, boolean negative) {
    int letters = 0;
    while (!Character.isLetter(text.charAt(letters)) && text.charAt(letters) != '_') {
      letters++;
    }
    // The e of an exponent is no unit: 1e3ms.
    if (text.substring(letters).matches("[eE][0-9]+[a-zA-Z_].*")) {
      letters++;
      while (Character.isDigit(text.charAt(letters))) {
        letters++;
      }
    }
    String number = (negative ? "-" : "") + text.substring(0, letters);
    return new Expr.Quantity(number, text.substring(letters), span);
  }

  private static Expr bytes(byte[] bytes, Span span) {
    var values = new ArrayList<Byte>();
    for (byte b : bytes) {
      values.add(b);
    }
    return new Expr.BytesLiteral(values, span);
  }
}
