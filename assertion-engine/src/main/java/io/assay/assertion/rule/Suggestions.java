package io.assay.assertion.rule;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a word that is not known. */
public final class Suggestions {
  /** Longer names are not mistyped, they are something else; comparing them takes long. */
  private static final int LONGEST = 100;

  private Suggestions() {}

  /** {@code did you mean 'label'?}, where one candidate is near enough. */
  public static Optional<String> didYouMean(String written, Collection<String> candidates) {
    return nearest(written, candidates).map("did you mean '%s'?"::formatted);
  }

  static Optional<String> nearest(String written, Collection<String> candidates) {
    String wanted = written.toLowerCase(Locale.ROOT);
    if (wanted.length() < 2 || wanted.length() > LONGEST) {
      return Optional.empty();
    }
    int allowed = Math.max(1, wanted.length() / 3);
    String best = null;
    int bestDistance = allowed + 1;
    for (String candidate : candidates) {
      if (candidate.length() + allowed < wanted.length() || candidate.length() > LONGEST) {
        continue;
      }
      String known = candidate.toLowerCase(Locale.ROOT);
      boolean begun = wanted.length() >= 3 && known.startsWith(wanted);
      int distance = begun ? 1 : distance(wanted, known);
      if (distance < bestDistance && distance < Math.max(wanted.length(), candidate.length())) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Edits to turn one into the other; two neighbours exchanged are one edit. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (exchanged) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
