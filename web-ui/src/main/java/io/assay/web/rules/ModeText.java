package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the mode of one assertion in its file, and not a byte beside it. */
final class ModeText {
  /** Texts and comments, which are no clauses; braces; and {@code mode} where it stands alone. */
  private static final Pattern PART =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*\"|//[^\\n]*|#[^\\n]*|/\\*.*?\\*/|`[^`\\n]*`|[{}]"
              + "|(?<![\\w.])mode(?<gap>\\s+)(?<word>draft|shadow|active)\\b",
          Pattern.DOTALL);

  private ModeText() {}

  /** Empty where the assertion is not found, or not as it is usually written. */
  static Optional<RuleContent> changed(RuleContent content, String assertion, Mode mode) {
    Optional<AssertionText> found = AssertionText.of(content, assertion);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<SourceFile> files = new ArrayList<>();
    for (SourceFile file : content.files()) {
      files.add(
          file.name().equals(found.get().file())
              ? new SourceFile(file.name(), changed(file.text(), found.get(), mode), file.usual())
              : file);
    }
    return Optional.of(new RuleContent(files, content.parameters()));
  }

  private static String changed(String text, AssertionText of, Mode mode) {
    int from = beginOfLine(text, of.line());
    return text.substring(0, from)
        + block(of.text(), mode.name().toLowerCase(Locale.ROOT))
        + text.substring(from + of.text().length());
  }

  private static int beginOfLine(String text, int line) {
    int from = 0;
    for (int i = 1; i < line; i++) {
      from = text.indexOf('\n', from) + 1;
    }
    return from;
  }

  private static String block(String text, String mode) {
    Matcher part = PART.matcher(text);
    int open = 0;
    int begin = -1;
    while (part.find()) {
      if (part.group().equals("{")) {
        open++;
        begin = begin < 0 ? part.end() : begin;
      } else if (part.group().equals("}")) {
        open--;
      } else if (part.group("word") != null && open == 1) {
        return text.substring(0, part.start("word")) + mode + text.substring(part.end("word"));
      }
    }
    return begin < 0
        ? text
        : text.substring(0, begin) + clause(text, begin, mode) + text.substring(begin);
  }

  /** As the clause that stands first is laid out. */
  private static String clause(String text, int begin, String mode) {
    Matcher next = Pattern.compile("\\G[ \\t]*(\\r?\\n[ \\t]*)").matcher(text);
    return next.find(begin) ? next.group(1) + "mode " + mode : " mode " + mode;
  }
}
