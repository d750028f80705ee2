package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a word where one of a few is needed. */
final class Words {
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
        "expected %s, got '%s'".formatted(String.join(", ", texts), name.text()),
        Suggestions.didYouMean(name.text(), texts));
    return Optional.empty();
  }
}
