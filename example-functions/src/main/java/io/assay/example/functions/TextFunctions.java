package io.assay.example.functions;

import io.assay.assertion.function.AssayFunction;
import io.assay.assertion.function.FunctionProvider;

/** How far two texts are apart: what models that read or listen are judged by. */
public final class TextFunctions implements FunctionProvider {
  /** The work grows with the product of the lengths, and a rule runs on every event. */
  private static final int LONGEST = 2_000;

  /**
   * Levenshtein's distance, by code points: O(n m) time, O(m) space.
   *
   * @throws IllegalArgumentException for longer texts than it has time for; the verdict is
   *     undecided then
   */
  @AssayFunction(
      meaning = "how many characters to put in, take out or exchange to make one text of the other",
      version = 1)
  public static long edit_distance(String from, String into) {
    int[] a = from.codePoints().toArray();
    int[] b = into.codePoints().toArray();
    if (a.length > LONGEST || b.length > LONGEST) {
      throw new IllegalArgumentException(
          "texts of at most %d characters, got %d and %d".formatted(LONGEST, a.length, b.length));
    }
    int[] above = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int exchanged = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      int[] done = above;
      above = row;
      row = done;
    }
    return above[b.length];
  }
}
