package io.assay.web.violations;

import java.util.regex.Pattern;

/** Masks what a stream declares private: in sentences it stands between U+2063 marks. */
public final class PrivateText {
  private static final Pattern MARKED = Pattern.compile("\u2063[^\u2063]*\u2063");
  static final String MASK = "\u2022\u2022\u2022";

  private PrivateText() {}

  /** The text without marks; empty where it has something private and may not be seen. */
  public static String known(String text, boolean clear) {
    return clear || text.indexOf('\u2063') < 0 ? text.replace("\u2063", "") : "";
  }

  public static String shown(String text, boolean clear) {
    return clear ? text.replace("\u2063", "") : MARKED.matcher(text).replaceAll(MASK);
  }
}
