package io.assay.web.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a program may do with its token; a token has one at least. */
public enum Scope {
  /** Send events. */
  INGEST,
  /** Send labels. */
  LABELS,
  /** Read what the project's pages show, private fields left out. */
  READ,
  /** See and replay what was put aside, whatever it holds. */
  REPAIR,
  /** Have gaps filled by the imputer in force, and take its bytes: it knows private values too. */
  IMPUTE,
  /** Scrape the project's figures, and nothing else. */
  METRICS;

  /** All of them, for whoever wrote none of these. */
  public static String all() {
    String words = String.join(", ", Arrays.stream(values()).map(Scope::word).toList());
    int last = words.lastIndexOf(", ");
    return words.substring(0, last) + " or " + words.substring(last + 2);
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String word) {
    return Arrays.stream(values())
        .filter(scope -> scope.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
