package io.assay.web.firstrun;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of a rule file, as someone has typed it. */
final class Block {
  private Block() {}

  /** What it is called, behind its word; "rules" where it says nothing. */
  static String name(String text, String word) {
    Matcher begin =
        Pattern.compile("(?m)^\\s*" + word + "\\s+`?([A-Za-z_][A-Za-z0-9_]*)").matcher(text);
    return begin.find() ? begin.group(1) : "rules";
  }

  /** The file that a stream and its rules stand in. */
  static String file(String stream) {
    String name = stream.replaceAll("[^A-Za-z0-9_-]", "");
    return (name.isEmpty() ? "rules" : name) + ".assay";
  }
}
