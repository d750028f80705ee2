package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a word where one of a few is needed. */
final class Words {
  /** Levels and modes as other tools call them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "error", "critical",
          "fatal", "critical",
          "high", "critical",
          "notice", "info",
          "low", "info",
          "live", "active",
          "on", "active",
          "off", "draft",
          "test", "draft");

  private final ExpressionChecker expressions;

  Words(ExpressionChecker expressions) {
    this.expressions = expressions;
  }

  <W extends Enum<W>> W word(Optional<Name> name, W otherwise) {
    Class<W> words = otherwise.getDeclaringClass();
    return name.flatMap(n -> word(n, words, Set.of(words.getEnumConstants()))).orElse(otherwise);
  }

  /** {@code allowed}: of all words those that go here. */
  <W extends Enum<W>> Optional<W> word(Name name, Class<W> words, Set<W> allowed) {
    List<W> known = Arrays.stream(words.getEnumConstants()).filter(allowed::contains).toList();
    List<String> texts = known.stream().map(w -> w.name().toLowerCase(Locale.ROOT)).toList();
    int index = texts.indexOf(name.text());
    if (index >= 0) {
      return Optional.of(known.get(index));
    }
    expressions.error(
        IssueCode.UNKNOWN_WORD,
        name.span(),
        "expected %s, got '%s'".formatted(either(texts), name.text()),
        Optional.ofNullable(ELSEWHERE.get(name.text()))
            .filter(texts::contains)
            .map("did you mean '%s'?"::formatted)
            .or(() -> Suggestions.didYouMean(name.text(), texts)));
    return Optional.empty();
  }

  private static String either(List<String> words) {
    return words.size() == 1
        ? words.get(0)
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }
}
