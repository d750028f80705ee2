package io.assay.web.rules;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** How a file differs, as {@code git apply} and {@code patch -p1} read it. */
final class LinePatch {
  private static final int AROUND = 3;

  private LinePatch() {}

  /**
   * Of a file whose lines all end, from one text to another.
   *
   * @param before empty where there is no such file yet
   * @return empty where nothing differs
   */
  static String of(String file, String before, String after) {
    List<String> old = before.lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            old.isEmpty() ? "/dev/null" : "a/" + file,
            "b/" + file,
            old,
            DiffUtils.diff(old, after.lines().toList()),
            AROUND);
    if (lines.isEmpty()) {
      return "";
    }
    String patch = String.join("\n", lines) + "\n";
    // Patch looks for a file that has a first line.
    return old.isEmpty() ? patch.replaceFirst("(?m)^@@ -1,0 ", "@@ -0,0 ") : patch;
  }
}
