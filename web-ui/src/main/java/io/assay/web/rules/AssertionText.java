package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of one assertion as it stands in the files of a generation, whether these compile today
 * or not: from its first word to the brace that ends it.
 *
 * @param file in which it stands, from {@code line} on, 1-based
 */
record AssertionText(String file, int line, String text) {
  /** What may hold braces that end nothing: texts and comments. */
  private static final Pattern PART =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*\"|//[^\\n]*|#[^\\n]*|/\\*.*?\\*/|[{}]", Pattern.DOTALL);

  static Optional<AssertionText> of(RuleContent content, String name) {
    Pattern begin =
        Pattern.compile("^[ \\t]*assertion\\s+" + Pattern.quote(name) + "\\s", Pattern.MULTILINE);
    for (SourceFile file : content.files()) {
      Matcher found = begin.matcher(file.text());
      if (found.find()) {
        int from = found.start();
        int line = 1 + (int) file.text().substring(0, from).chars().filter(c -> c == '\n').count();
        return Optional.of(new AssertionText(file.name(), line, block(file.text(), from)));
      }
    }
    return Optional.empty();
  }

  private static String block(String text, int from) {
    Matcher part = PART.matcher(text);
    part.region(from, text.length());
    int open = 0;
    while (part.find()) {
      if (part.group().equals("{")) {
        open++;
      } else if (part.group().equals("}") && --open == 0) {
        return text.substring(from, part.end());
      }
    }
    return text.substring(from);
  }
}
