package io.assay.web.observe;

import io.assay.stream.metrics.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of the page about figures, and what stands around them. */
record MetricsPage(String begin, String own, String middle, Set<String> others) {
  private static final String OWN =
      "| name | type | unit | labels | what it is |\n|---|---|---|---|---|\n";
  private static final String OTHERS = "| name | type | labels |\n|---|---|---|\n";

  MetricsPage {
    others = Set.copyOf(others);
  }

  static MetricsPage read(String text) {
    int first = text.indexOf(OWN);
    int end = text.indexOf("\n\n", first);
    int second = text.indexOf(OTHERS);
    return new MetricsPage(
        text.substring(0, first),
        text.substring(first, end + 1),
        text.substring(end + 1, second),
        text.substring(second + OTHERS.length()).lines().collect(Collectors.toSet()));
  }

  static String own(List<Family> families) {
    var table = new StringBuilder(OWN);
    for (Family family : families) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  family.name(),
                  family.kind().word(),
                  family.unit(),
                  labels(family.labels()),
                  family.help()));
    }
    return table.toString();
  }

  static List<String> rows(Map<String, Exposition.Family> others) {
    List<String> rows = new ArrayList<>();
    others.forEach(
        (name, family) ->
            rows.add("| `%s` | %s | %s |".formatted(name, family.type(), labels(family.labels()))));
    return rows;
  }

  /** With what they are; labels vary with what has happened. */
  static Set<String> names(Map<String, Exposition.Family> others) {
    return rows(others).stream().map(MetricsPage::name).collect(Collectors.toSet());
  }

  Set<String> documented() {
    return others.stream().map(MetricsPage::name).collect(Collectors.toSet());
  }

  private static String name(String row) {
    return row.substring(0, row.lastIndexOf(" | ") + 2);
  }

  private static String labels(Collection<String> names) {
    return names.stream().map(name -> '`' + name + '`').collect(Collectors.joining(", "));
  }

  /** What a run has not shown, such as pauses of the collector, stays. */
  String with(String newOwn, Map<String, Exposition.Family> scraped) {
    Set<String> rows = new TreeSet<>(others);
    rows.removeIf(
        row -> scraped.keySet().stream().anyMatch(name -> row.startsWith("| `" + name + "`")));
    rows.addAll(rows(scraped));
    return begin + newOwn + middle + OTHERS + String.join("\n", rows) + "\n";
  }
}
