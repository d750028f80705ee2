package io.assay.web.sink;

/** Texts as PostgreSQL takes them, plain and in the text format of COPY. */
public final class PostgresText {
  private PostgresText() {}

  /** PostgreSQL knows neither U+0000 nor half a surrogate pair; both become U+FFFD. */
  public static String clean(String text) {
    int bad = firstBad(text, 0);
    if (bad < 0) {
      return text;
    }
    var clean = new StringBuilder(text);
    for (; bad >= 0; bad = firstBad(text, bad + 1)) {
      clean.setCharAt(bad, '\uFFFD');
    }
    return clean.toString();
  }

  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return i;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Appends a column of a COPY row; what the format gives a meaning is escaped. */
  static void appendColumn(StringBuilder row, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> row.append("\\\\");
        case '\t' -> row.append("\\t");
        case '\n' -> row.append("\\n");
        case '\r' -> row.append("\\r");
        default -> row.append(c);
      }
    }
  }
}
