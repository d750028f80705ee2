package io.assay.web.observe;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would read of a scrape.
 *
 * @param families by name, without what is put behind it for parts of a summary
 * @param labels by name of the sample
 * @param values by sample with its labels, as written
 */
record Exposition(
    Map<String, Family> families, Map<String, Set<String>> labels, Map<String, Double> values) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  record Family(String type, String help, Set<String> labels) {}

  static Exposition read(String text) {
    Map<String, Family> families = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    Map<String, Double> values = new TreeMap<>();
    String help = "";
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        help = line.substring(line.indexOf(' ', 7) + 1);
      } else if (line.startsWith("# TYPE ")) {
        name = line.substring(7, line.lastIndexOf(' '));
        families.put(
            name, new Family(line.substring(line.lastIndexOf(' ') + 1), help, new TreeSet<>()));
        help = "";
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
          throw new IllegalArgumentException("no sample: " + line);
        }
        Set<String> own = labels.computeIfAbsent(sample.group(1), unused -> new TreeSet<>());
        Matcher label = LABEL.matcher(Objects.requireNonNullElse(sample.group(2), ""));
        while (label.find()) {
          own.add(label.group(1));
        }
        Objects.requireNonNull(families.get(name)).labels().addAll(own);
        values.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(sample.group(3)));
      }
    }
    return new Exposition(families, labels, values);
  }

  /** The sum of all samples that begin so; empty without one. */
  Optional<Double> sum(String begin) {
    return values.entrySet().stream()
        .filter(one -> one.getKey().startsWith(begin))
        .map(Map.Entry::getValue)
        .reduce(Double::sum);
  }
}
