package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause.Explain;
import io.assay.assertion.rule.ast.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a sentence apart into words and the expressions in its braces; two braces are one. */
final class TemplateBuilder {
  /** A sentence is made for each violation, and read by people. */
  private static final int MOST_PARTS = 200;

  private final SourceFile source;
  private final Consumer<Issue> issues;

  TemplateBuilder(SourceFile source, Consumer<Issue> issues) {
    this.source = source;
    this.issues = issues;
  }

  List<Explain.Part> parts(Text text) {
    var parts = new ArrayList<Explain.Part>();
    var words = new StringBuilder();
    String value = text.value();
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      boolean doubled = at + 1 < value.length() && value.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        words.append(c);
        at += 2;
      } else if (c == '{') {
        int close = closing(value, at);
        if (close < 0) {
          bad(text, at, "the '{' in this sentence is not closed");
          return parts;
        }
        if (parts.size() > MOST_PARTS) {
          String most = "a sentence has up to %d parts".formatted(MOST_PARTS);
          issues.accept(new Issue(IssueCode.BAD_TEMPLATE, text.span(), most));
          return parts;
        }
        flush(words, parts);
        value(text, at + 1, close).ifPresent(parts::add);
        at = close + 1;
      } else if (c == '}') {
        bad(text, at, "the '}' in this sentence closes nothing");
        return parts;
      } else {
        words.append(c);
        at++;
      }
    }
    flush(words, parts);
    return parts;
  }

  private static void flush(StringBuilder words, List<Explain.Part> parts) {
    if (!words.isEmpty()) {
      parts.add(new Explain.Words(words.toString()));
      words.setLength(0);
    }
  }

  /** The brace that closes the one at {@code open}; braces in quotes do not count. */
  private static int closing(String value, int open) {
    int depth = 0;
    char quote = 0;
    for (int i = open; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Explain.Part> value(Text text, int from, int to) {
    String expression = text.value().substring(from, to);
    if (expression.isBlank()) {
      bad(text, from - 1, "the braces of this sentence are empty");
      return Optional.empty();
    }
    Optional<Span> inner = within(text, from, to);
    var spans = new Spans(expression, inner.orElse(text.span()), inner.isEmpty());
    return RuleParser.parseExpression(expression, spans, issues).map(Explain.Value::new);
  }

  private void bad(Text text, int at, String message) {
    Span span = within(text, at, at + 1).orElse(text.span());
    issues.accept(
        new Issue(
            IssueCode.BAD_TEMPLATE,
            span,
            message,
            Optional.of("a brace itself is written '{{' or '}}'")));
  }

  /** Where a part stands in the source; unknown where escapes or line ends moved it. */
  private Optional<Span> within(Text text, int from, int to) {
    Span span = text.span();
    String literal = source.text().substring(span.start(), span.end());
    int body = literal.indexOf(text.value());
    if (body < 0 || literal.indexOf('\n') >= 0) {
      return Optional.empty();
    }
    int points = literal.codePointCount(0, body + from);
    return Optional.of(
        new Span(
            span.source(),
            span.start() + body + from,
            span.start() + body + to,
            span.line(),
            span.column() + points));
  }
}
