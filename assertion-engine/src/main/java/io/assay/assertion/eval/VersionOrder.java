package io.assay.assertion.eval;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Term;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * Which of two versions is the old one: that depends on how they are called alone, never on which
 * was seen first.
 *
 * <p>Values of an enum are in the order of their declaration, numbers in theirs, texts part by
 * part: digits as the number that they are ({@code v9} before {@code v10}), all else by its
 * characters.
 */
final class VersionOrder implements Comparator<Object> {
  private final List<String> declared;

  private VersionOrder(List<String> declared) {
    this.declared = declared;
  }

  static VersionOrder of(Term version) {
    return new VersionOrder(
        version.type() instanceof Type.EnumOf values ? values.values() : List.of());
  }

  @Override
  public int compare(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return left.compareTo(right);
    }
    String left = a.toString();
    String right = b.toString();
    int order = Integer.compare(declared.indexOf(left), declared.indexOf(right));
    return order != 0 ? order : byParts(left, right);
  }

  private static int byParts(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = digitsEnd(a, i);
      int jEnd = digitsEnd(b, j);
      int order;
      if (iEnd > i && jEnd > j) {
        order =
            new BigInteger(a.substring(i, iEnd)).compareTo(new BigInteger(b.substring(j, jEnd)));
      } else {
        iEnd = i + 1;
        jEnd = j + 1;
        order = Character.compare(a.charAt(i), b.charAt(j));
      }
      if (order != 0) {
        return order;
      }
      i = iEnd;
      j = jEnd;
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
