package io.assay.assertion.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What has been learned, of all files of a rule set; or that it is still to be learned. */
final class UsualBook {
  private final boolean learning;
  private final Map<String, Learned> learned = new HashMap<>();

  private UsualBook(boolean learning) {
    this.learning = learning;
  }

  /** Nothing is asked after: it is what the rules are compiled for. */
  static UsualBook toBeLearned() {
    return new UsualBook(true);
  }

  /** What stands beside the rules; what cannot be read is told. */
  static UsualBook of(List<SourceFile> sources, Consumer<Issue> issues) {
    var book = new UsualBook(false);
    for (SourceFile source : sources) {
      source.usual().ifPresent(text -> book.read(source.name(), text, issues));
    }
    return book;
  }

  private void read(String rules, String text, Consumer<Issue> issues) {
    String name = UsualFile.nameFor(rules);
    try {
      for (Learned one : UsualFile.read(text).learned()) {
        learned.put(key(one.assertion(), one.of()), one);
      }
    } catch (IllegalArgumentException e) {
      issues.accept(
          new Issue(
              IssueCode.NOT_LEARNED,
              new Span(name, 0, 0, 1, 1),
              "what is usual cannot be read: " + e.getMessage(),
              Optional.of("learn it anew: ./assay learn usual " + rules)));
    }
  }

  private static String key(String assertion, String of) {
    return assertion + '/' + of;
  }

  boolean isLearning() {
    return learning;
  }

  Optional<Learned> find(String assertion, String of) {
    return Optional.ofNullable(learned.get(key(assertion, of)));
  }
}
