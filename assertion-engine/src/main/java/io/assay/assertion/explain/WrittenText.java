package io.assay.assertion.explain;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Expressions as their rule has them, on one line and without comments. */
final class WrittenText {
  /** A text in quotes, or a comment up to the end of its line. */
  private static final Pattern COMMENT =
      Pattern.compile("(\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')|#[^\\n]*");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Map<String, String> texts;

  WrittenText(List<SourceFile> sources) {
    this.texts = sources.stream().collect(Collectors.toMap(SourceFile::name, SourceFile::text));
  }

  String of(Term term) {
    return term instanceof Term.WhenPresent when
        ? of(when.condition()) + " when present"
        : of(term.span());
  }

  String of(Span span) {
    String text = texts.getOrDefault(span.source(), "");
    if (span.end() > text.length()) {
      return "";
    }
    String written = inBrackets(text, span);
    String bare =
        written.indexOf('\n') < 0
            ? written
            : COMMENT.matcher(written).replaceAll(m -> m.group(1) == null ? "" : quoted(m.group()));
    return SPACE.matcher(bare).replaceAll(" ").strip();
  }

  /** With the brackets around its first or last part, which belong to no part. */
  private static String inBrackets(String text, Span span) {
    int start = span.start();
    int end = span.end();
    int open = 0;
    int least = 0;
    for (int i = start; i < end; i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      least = Math.min(least, open);
    }
    for (int missing = open - least; missing > 0 && end < text.length(); end++) {
      missing -= text.charAt(end) == ')' ? 1 : 0;
    }
    for (int missing = -least; missing > 0 && start > 0; start--) {
      missing -= text.charAt(start - 1) == '(' ? 1 : 0;
    }
    return text.substring(start, end);
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  static String list(List<String> parts, String last) {
    return parts.size() < 2
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, parts.size() - 1))
            + " "
            + last
            + " "
            + parts.getLast();
  }

  static <T> String list(List<T> parts, Function<T, String> text) {
    return list(parts.stream().map(text).toList(), "and");
  }

  static String count(long number, String one) {
    return "%,d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
