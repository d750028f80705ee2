package io.assay.web.rules;

import java.util.List;
import java.util.regex.Pattern;

/** What files of rules may be called that come over HTTP: names within a folder. */
final class RuleFileName {
  static final String NEEDED =
      "a file needs a name that ends in .assay, its folders divided by '/', no part beginning with"
          + " '.'";

  private static final int LONGEST = 200;
  private static final Pattern FORM =
      Pattern.compile("(?:[^/\\\\\\p{Cntrl}]+/)*[^/\\\\\\p{Cntrl}]+\\.assay");

  private RuleFileName() {}

  static boolean isOne(String name) {
    return name.length() <= LONGEST
        && FORM.matcher(name).matches()
        && List.of(name.split("/")).stream().noneMatch(part -> part.startsWith("."));
  }
}
