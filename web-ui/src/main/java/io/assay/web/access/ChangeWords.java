package io.assay.web.access;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What of a change is kept as a code (a role, a finding, where rules are at home) in words. Files
 * and programs get the codes.
 */
@Component
public class ChangeWords {
  private static final Pattern CODE = Pattern.compile("\\b[A-Z][A-Z_]+\\b");
  private static final Pattern FIRST = Pattern.compile("^[A-Z][A-Z_]+\\b");
  private static final String WORD = "change.word.";

  private final MessageSource texts;

  ChangeWords(MessageSource texts) {
    this.texts = texts;
  }

  /** Of actions whose details people wrote nothing is taken for a code. */
  public String detail(String action, String detail) {
    return switch (action) {
      case "member.added", "member.removed", "member.role" -> worded(CODE, detail);
      case "label.given", "label.settled", "label.undone", "label.gold" -> worded(CODE, detail);
      // Behind it stands a place, which may be in capitals.
      case "rules.published" -> worded(FIRST, detail);
      default -> detail;
    };
  }

  private String worded(Pattern codes, String detail) {
    return codes.matcher(detail).replaceAll(found -> Matcher.quoteReplacement(word(found.group())));
  }

  private String word(String code) {
    return String.valueOf(texts.getMessage(WORD + code, null, code, Locale.ENGLISH));
  }
}
