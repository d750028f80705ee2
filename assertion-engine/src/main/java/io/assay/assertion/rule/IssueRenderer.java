package io.assay.assertion.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes issues as a terminal shows them: place, message, the line with a caret, what was meant.
 */
public final class IssueRenderer {
  private static final int LONGEST_LINE = 160;

  private final Map<String, String> texts = new HashMap<>();

  public IssueRenderer(List<SourceFile> sources) {
    sources.forEach(source -> texts.put(source.name(), source.text()));
  }

  public String render(List<Issue> issues) {
    var out = new StringBuilder();
    issues.forEach(issue -> render(issue, out));
    return out.toString();
  }

  private void render(Issue issue, StringBuilder out) {
    Span span = issue.span();
    out.append(
        "%s:%d:%d: %s[%s]: %s%n"
            .formatted(
                span.source(),
                span.line(),
                span.column(),
                issue.code().severity(),
                issue.code().code(),
                issue.message())
            .replace("\r\n", "\n"));
    String text = texts.get(span.source());
    if (text != null && span.start() <= text.length()) {
      caret(text, span, out);
    }
    issue.suggestion().ifPresent(s -> out.append("  = ").append(s).append('\n'));
  }

  private static void caret(String text, Span span, StringBuilder out) {
    // A very long line is cut to the part around the place, and not even looked through.
    int least = Math.max(0, span.start() - LONGEST_LINE / 2);
    int from = span.start();
    while (from > least && text.charAt(from - 1) != '\n') {
      from--;
    }
    int most = Math.min(text.length(), from + LONGEST_LINE);
    int to = span.start();
    while (to < most && text.charAt(to) != '\n') {
      to++;
    }
    String line = text.substring(from, Math.max(from, to)).stripTrailing();
    if (line.isBlank()) {
      return;
    }
    var marks = new StringBuilder();
    for (int i = from; i < span.start(); i++) {
      marks.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    int width = Math.max(1, Math.min(span.end(), from + line.length()) - span.start());
    out.append("  ").append(line).append('\n');
    out.append("  ").append(marks).append("^".repeat(width)).append('\n');
  }
}
