package io.assay.web.rules;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MeyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How two texts differ, line by line, with a few lines around. */
public final class LineDiff {
  private static final int AROUND = 3;

  /** Beyond this the work grows without use: nobody reads it line by line. */
  private static final int MOST_LINES = 10_000;

  private LineDiff() {}

  /** What became of a line. */
  public enum Kind {
    SAME,
    ADDED,
    REMOVED,
    /** Lines that are the same and left out. */
    SKIPPED
  }

  /**
   * A line.
   *
   * @param before its number in the old text, and {@code after} in the new one; 0 where it is not
   */
  public record Line(Kind kind, int before, int after, String text) {}

  /** Nothing where the texts are the same. */
  static List<Line> of(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int same = 0;
    while (same < Math.min(old.size(), now.size()) && old.get(same).equals(now.get(same))) {
      same++;
    }
    List<String> oldRest = old.subList(same, old.size());
    List<String> nowRest = now.subList(same, now.size());
    List<Line> lines = new ArrayList<>();
    if (Math.max(oldRest.size(), nowRest.size()) > MOST_LINES) {
      replace(same, oldRest, same, nowRest, lines);
      return lines;
    }
    int reached = Math.max(0, same - AROUND);
    int shift = 0;
    for (AbstractDelta<String> delta :
        DiffUtils.diff(oldRest, nowRest, new MeyersDiffWithLinearSpace<String>()).getDeltas()) {
      int at = same + delta.getSource().getPosition();
      reached = context(old, reached, at, shift, lines);
      replace(
          at,
          delta.getSource().getLines(),
          same + delta.getTarget().getPosition(),
          delta.getTarget().getLines(),
          lines);
      reached = at + delta.getSource().size();
      shift = delta.getTarget().size() - delta.getSource().size() + shift;
    }
    if (!lines.isEmpty()) {
      keep(old, reached, Math.min(old.size(), reached + AROUND), shift, lines);
    }
    return goneFirst(lines);
  }

  /** Of lines that changed together those that went stand before those that came. */
  private static List<Line> goneFirst(List<Line> lines) {
    List<Line> ordered = new ArrayList<>();
    List<Line> came = new ArrayList<>();
    for (Line line : lines) {
      switch (line.kind()) {
        case REMOVED -> ordered.add(line);
        case ADDED -> came.add(line);
        case SAME, SKIPPED -> {
          ordered.addAll(came);
          came.clear();
          ordered.add(line);
        }
      }
    }
    ordered.addAll(came);
    return ordered;
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : text.lines().toList();
  }

  /** Lines between two changes: all of them, or some of both ends. */
  private static int context(List<String> old, int from, int to, int shift, List<Line> lines) {
    if (lines.isEmpty()) {
      keep(old, Math.max(from, to - AROUND), to, shift, lines);
    } else if (to - from <= 2 * AROUND + 1) {
      keep(old, from, to, shift, lines);
    } else {
      keep(old, from, from + AROUND, shift, lines);
      lines.add(new Line(Kind.SKIPPED, 0, 0, Integer.toString(to - from - 2 * AROUND)));
      keep(old, to - AROUND, to, shift, lines);
    }
    return to;
  }

  private static void keep(List<String> old, int from, int to, int shift, List<Line> lines) {
    for (int i = from; i < to; i++) {
      lines.add(new Line(Kind.SAME, i + 1, i + 1 + shift, old.get(i)));
    }
  }

  private static void replace(
      int at, List<String> removed, int now, List<String> added, List<Line> lines) {
    for (int i = 0; i < removed.size(); i++) {
      lines.add(new Line(Kind.REMOVED, at + i + 1, 0, removed.get(i)));
    }
    for (int i = 0; i < added.size(); i++) {
      lines.add(new Line(Kind.ADDED, 0, now + i + 1, added.get(i)));
    }
  }

  /** How many lines came, and went. */
  static long count(Stream<Line> lines, Kind kind) {
    return lines.filter(line -> line.kind() == kind).count();
  }
}
