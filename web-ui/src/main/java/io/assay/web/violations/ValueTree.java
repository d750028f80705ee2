package io.assay.web.violations;

import io.assay.web.violations.Evidence.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The sub-expressions of a condition as they lie within each other. The record has them outermost
 * first, each once: one belongs below the last that it is a part of.
 */
final class ValueTree {
  /** Deeper ones stand as deep as this: a page is only so wide. */
  static final int DEEPEST = 6;

  private ValueTree() {}

  /** {@code depth}: 0 for a whole condition. */
  record Node(Value value, int depth) {}

  static List<Node> of(List<Value> values) {
    Deque<String> above = new ArrayDeque<>();
    List<Node> nodes = new ArrayList<>();
    for (Value value : values) {
      while (!above.isEmpty() && !isPart(value.expression(), above.peek())) {
        above.pop();
      }
      nodes.add(new Node(value, Math.min(DEEPEST, above.size())));
      above.push(value.expression());
    }
    return List.copyOf(nodes);
  }

  /** As a word of its own: {@code a} is no part of {@code area}. */
  private static boolean isPart(String inner, String outer) {
    if (inner.isEmpty() || inner.length() >= outer.length()) {
      return false;
    }
    for (int at = outer.indexOf(inner); at >= 0; at = outer.indexOf(inner, at + 1)) {
      boolean begins = at == 0 || !(isWord(outer.charAt(at - 1)) && isWord(inner.charAt(0)));
      int end = at + inner.length();
      boolean ends =
          end == outer.length()
              || !(isWord(outer.charAt(end)) && isWord(inner.charAt(inner.length() - 1)));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
