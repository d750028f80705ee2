package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --max} allows, by the name of an assertion; {@code *} is all that are not named. */
record Limits(Map<String, BigDecimal> byName) {
  private static final String ALL = "*";
  private static final String SCHEMA = "schema";
  private static final Pattern PERCENT = Pattern.compile("\\+?(\\d+(?:\\.\\d+)?|\\.\\d+) ?%");

  static Limits parse(Map<String, String> options) {
    Map<String, BigDecimal> limits = new LinkedHashMap<>();
    options.forEach((name, text) -> limits.put(name, percent("--max " + name, text)));
    return new Limits(limits);
  }

  /**
   * @throws CommandFailure if the text is no percentage of 0 or more
   */
  static BigDecimal percent(String option, String text) {
    Matcher matcher = PERCENT.matcher(text.strip());
    if (!matcher.matches()) {
      throw CommandFailure.wrongUse(
          "%s needs a percentage such as +5%%, got '%s'".formatted(option, text));
    }
    return new BigDecimal(matcher.group(1)).movePointLeft(2);
  }

  /**
   * The assertions that are checked.
   *
   * @param played the streams that there are recordings of: {@code *} means only those on them
   */
  Map<String, BigDecimal> resolve(CheckedRules rules, Set<StreamType> played) {
    Map<String, BigDecimal> limits = new LinkedHashMap<>(byName);
    BigDecimal rest = limits.remove(ALL);
    known(rules, limits.keySet());
    if (rest != null) {
      for (CheckedAssertion assertion : rules.assertions()) {
        if (played.contains(assertion.on())) {
          limits.putIfAbsent(assertion.name(), rest);
        }
      }
      limits.putIfAbsent(SCHEMA, rest);
    }
    return limits;
  }

  private static void known(CheckedRules rules, Set<String> names) {
    Set<String> known = new TreeSet<>(List.of(SCHEMA));
    rules.assertions().forEach(assertion -> known.add(assertion.name()));
    for (String name : names) {
      if (!known.contains(name)) {
        throw CommandFailure.wrongUse(
            "--max: no assertion '%s' is evaluated; there are %s"
                .formatted(name, String.join(", ", known)));
      }
    }
  }
}
