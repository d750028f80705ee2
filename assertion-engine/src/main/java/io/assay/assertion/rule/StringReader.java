package io.assay.assertion.rule;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads CEL's string and bytes literals: raw, of one line or several, with escapes. */
final class StringReader {
  private final String literal;
  private final Span span;
  private final Consumer<Issue> issues;

  StringReader(String literal, Span span, Consumer<Issue> issues) {
    this.literal = literal;
    this.span = span;
    this.issues = issues;
  }

  String string() {
    var out = new StringBuilder();
    read(
        new Sink() {
          @Override
          public boolean octets() {
            return false;
          }

          @Override
          public void character(int point) {
            out.appendCodePoint(point);
          }

          @Override
          public void octet(int value) {
            out.appendCodePoint(value);
          }
        });
    return out.toString();
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    read(
        new Sink() {
          @Override
          public boolean octets() {
            return true;
          }

          @Override
          public void character(int point) {
            out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          }

          @Override
          public void octet(int value) {
            out.write(value);
          }
        });
    return out.toByteArray();
  }

  /** In bytes {@code \xff} is one octet, in a string one character. */
  private interface Sink {
    boolean octets();

    void character(int point);

    void octet(int value);
  }

  private void read(Sink sink) {
    int at = 0;
    boolean raw = false;
    while (Character.isLetter(literal.charAt(at))) {
      raw |= literal.charAt(at) == 'r' || literal.charAt(at) == 'R';
      at++;
    }
    String quote = literal.substring(at, at + 1);
    int width = literal.startsWith(quote.repeat(3), at) && literal.length() - at >= 6 ? 3 : 1;
    String body = literal.substring(at + width, literal.length() - width);
    // CEL: a line ends in \n, however the file writes it.
    body = body.replace("\r\n", "\n").replace('\r', '\n');
    if (raw) {
      body.codePoints().forEach(sink::character);
    } else {
      unescape(body, sink);
    }
  }

  private void unescape(String body, Sink sink) {
    int at = 0;
    while (at < body.length()) {
      int point = body.codePointAt(at);
      at += Character.charCount(point);
      if (point != '\\') {
        sink.character(point);
      } else {
        at = escape(body, at, sink);
      }
    }
  }

  private int escape(String body, int at, Sink sink) {
    char kind = body.charAt(at);
    switch (kind) {
      case 'a' -> sink.character(7);
      case 'b' -> sink.character('\b');
      case 'f' -> sink.character('\f');
      case 'n' -> sink.character('\n');
      case 'r' -> sink.character('\r');
      case 't' -> sink.character('\t');
      case 'v' -> sink.character(11);
      case '\\', '\'', '"', '`', '?' -> sink.character(kind);
      case 'x', 'X' -> {
        return number(body, at, at + 1, 2, 16, sink, true);
      }
      case 'u', 'U' -> {
        if (sink.octets()) {
          bad("'\\" + kind + "' is no escape in bytes");
          return at + 1;
        }
        return number(body, at, at + 1, kind == 'u' ? 4 : 8, 16, sink, false);
      }
      case '0', '1', '2', '3' -> {
        return number(body, at, at, 3, 8, sink, true);
      }
      default -> {
        bad("'\\" + Character.toString(body.codePointAt(at)) + "' is no escape");
        // Read as it stands, so that what is made of the text is not wrong for it once more.
        sink.character('\\');
        sink.character(body.codePointAt(at));
      }
    }
    return at + Character.charCount(body.codePointAt(at));
  }

  private int number(
      String body, int kind, int from, int digits, int radix, Sink sink, boolean octet) {
    int to = from + digits;
    long value = -1;
    if (to <= body.length()) {
      value = digits(body.substring(from, to), radix);
    }
    if (value < 0) {
      bad(
          "'\\%s' needs %d %s digits"
              .formatted(body.charAt(kind), digits, radix == 8 ? "octal" : "hexadecimal"));
      return from;
    }
    if (octet) {
      sink.octet((int) value);
    } else if (value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
      bad("U+%X is no character".formatted(value));
    } else {
      sink.character((int) value);
    }
    return to;
  }

  private static long digits(String text, int radix) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private void bad(String message) {
    issues.accept(
        new Issue(
            IssueCode.BAD_ESCAPE,
            span,
            message,
            java.util.Optional.of("a backslash itself is written '\\\\', or the text r\"…\"")));
  }
}
