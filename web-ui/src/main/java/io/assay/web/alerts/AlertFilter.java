package io.assay.web.alerts;

import io.assay.assertion.Level;
import io.assay.web.system.Address;
import io.assay.web.system.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts are asked for, exactly as the address says.
 *
 * @param assertion of one assertion; empty for all
 * @param level of one level; empty for all
 * @param shelf of one shelf; empty for all
 * @param oldest whether of each shelf the oldest come first
 */
record AlertFilter(
    String assertion, Optional<Level> level, Optional<AlertShelf> shelf, boolean oldest) {
  /** All of them, the newest first. */
  static final AlertFilter ALL = ofAssertion("");

  private static final String OLDEST = "oldest";

  static AlertFilter ofAssertion(String assertion) {
    return new AlertFilter(assertion, Optional.empty(), Optional.empty(), false);
  }

  /**
   * Reads an address.
   *
   * @throws Refused where a value is none
   */
  static AlertFilter of(Map<String, String> query) {
    String level = query.getOrDefault("level", "").strip();
    String state = query.getOrDefault("state", "").strip();
    String sort = query.getOrDefault("sort", "").strip();
    if (!List.of("", "newest", OLDEST).contains(sort)) {
      throw Refused.bad("sort needs newest or oldest, got '%s'".formatted(sort));
    }
    return new AlertFilter(
        query.getOrDefault("assertion", "").strip(),
        level.isEmpty() ? Optional.empty() : Optional.of(level(level)),
        state.isEmpty() ? Optional.empty() : Optional.of(shelf(state)),
        sort.equals(OLDEST));
  }

  private static Level level(String text) {
    return Arrays.stream(Level.values())
        .filter(one -> one.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> Refused.bad("level needs info, warning or critical, got '" + text + "'"));
  }

  private static AlertShelf shelf(String text) {
    return shelves().stream()
        .filter(one -> one.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.bad(
                    "state needs firing, acknowledged, silenced or pending, got '" + text + "'"));
  }

  /** All that the page has, in its order. */
  static List<AlertShelf> shelves() {
    return List.of(
        AlertShelf.FIRING, AlertShelf.ACKNOWLEDGED, AlertShelf.SILENCED, AlertShelf.PENDING);
  }

  /** The level as labels have it; empty for all. */
  String levelLabel() {
    return level.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** Whether all alerts are shown; their order leaves none out. */
  public boolean isEmpty() {
    return assertion.isEmpty() && level.isEmpty() && shelf.isEmpty();
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters().getOrDefault(name, "");
  }

  /** As the query of an address, with one parameter more, or another value of it. */
  public String query(String name, String value) {
    Map<String, String> all = parameters();
    all.put(name, value);
    all.values().removeIf(String::isEmpty);
    return Address.query(all);
  }

  /** As the query of an address of the history, which has neither states nor another order. */
  public String ofHistory() {
    return new AlertFilter(assertion, level, Optional.empty(), false).query("", "");
  }

  private Map<String, String> parameters() {
    var all = new LinkedHashMap<String, String>();
    all.put("assertion", assertion);
    all.put("level", levelLabel());
    all.put("state", shelf.map(AlertShelf::label).orElse(""));
    all.put("sort", oldest ? OLDEST : "");
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
