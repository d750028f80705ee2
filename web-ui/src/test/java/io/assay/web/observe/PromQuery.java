package io.assay.web.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query in PromQL, as far as dashboards and rules here use it: which series it wants, and by
 * which labels it tells them apart.
 *
 * @param series by name, with the labels that are asked for
 * @param grouped by these labels, of what stands in the parentheses behind
 */
record PromQuery(List<Series> series, List<Grouping> grouped) {
  record Series(String name, Set<String> labels, boolean isRange) {}

  record Grouping(Set<String> labels, List<Series> of) {}

  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "max", "min", "avg", "count", "topk");

  /** Functions, and whether they want a range. */
  private static final Map<String, Boolean> FUNCTIONS =
      Map.of("rate", true, "increase", true, "changes", true, "absent", false, "vector", false);

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|([a-zA-Z_:][\\w:]*)|(\\d+(?:\\.\\d+)?[a-z]*|\\$__rate_interval)"
              + "|(=~|!~|!=|==|>=|<=|[-+*/=<>(){}\\[\\],]))");

  static PromQuery parse(String text) {
    return new Parser(text).query();
  }

  /** Names and labels that a scrape does not have. */
  Set<String> unknownTo(Exposition scraped) {
    Set<String> unknown = new TreeSet<>();
    for (Series one : series) {
      Set<String> known = scraped.labels().get(one.name());
      if (known == null) {
        unknown.add(one.name());
      } else {
        one.labels().stream()
            .filter(label -> !known.contains(label))
            .forEach(label -> unknown.add(one.name() + " has no " + label));
      }
    }
    for (Grouping grouping : grouped) {
      Set<String> known = new HashSet<>(Set.of("instance", "job"));
      grouping
          .of()
          .forEach(one -> known.addAll(scraped.labels().getOrDefault(one.name(), Set.of())));
      grouping.labels().stream()
          .filter(label -> !known.contains(label))
          .forEach(label -> unknown.add("nothing has " + label));
    }
    return unknown;
  }

  private static final class Parser {
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final List<Grouping> grouped = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
      Matcher token = TOKEN.matcher(text);
      int end = 0;
      while (end < text.stripTrailing().length()) {
        if (!token.find(end) || token.start() != end) {
          throw wrong("no token at " + end);
        }
        tokens.add(token.group().strip());
        end = token.end();
      }
    }

    PromQuery query() {
      expression();
      if (at < tokens.size()) {
        throw wrong("did not expect " + tokens.get(at));
      }
      return new PromQuery(series, grouped);
    }

    private void expression() {
      operand();
      while (Set.of("+", "-", "*", "/", "==", "!=", ">", "<", ">=", "<=", "or", "and", "unless")
          .contains(peek())) {
        at++;
        operand();
      }
    }

    private void operand() {
      String token = next();
      if (token.equals("(")) {
        expression();
        want(")");
      } else if (AGGREGATIONS.contains(token)) {
        aggregation();
      } else if (FUNCTIONS.containsKey(token)) {
        function(token);
      } else if (!Character.isDigit(token.charAt(0))) {
        series(token);
      }
    }

    private void aggregation() {
      Set<String> by = new HashSet<>();
      if (peek().equals("by")) {
        at++;
        want("(");
        do {
          by.add(next());
        } while (next().equals(","));
      }
      int before = series.size();
      want("(");
      expression();
      want(")");
      grouped.add(new Grouping(by, List.copyOf(series.subList(before, series.size()))));
    }

    private void function(String name) {
      int before = series.size();
      want("(");
      expression();
      want(")");
      boolean wanted = Boolean.TRUE.equals(FUNCTIONS.get(name));
      for (Series one : series.subList(before, series.size())) {
        if (one.isRange() != wanted) {
          throw wrong(name + (wanted ? " needs a range of " : " takes no range of ") + one.name());
        }
        boolean ofGauges = name.equals("changes");
        if (wanted && !ofGauges && !one.name().matches(".*(_total|_sum|_count)")) {
          throw wrong(name + " needs a counter, got " + one.name());
        }
      }
    }

    private void series(String name) {
      Map<String, String> labels = new HashMap<>();
      if (peek().equals("{")) {
        at++;
        do {
          String label = next();
          String how = next();
          if (!Set.of("=", "!=", "=~", "!~").contains(how)) {
            throw wrong("no way to compare: " + how);
          }
          labels.put(label, next());
        } while (next().equals(","));
      }
      boolean range = peek().equals("[");
      if (range) {
        at += 2;
        want("]");
      }
      if (peek().equals("offset")) {
        at += 2;
      }
      series.add(new Series(name, labels.keySet(), range));
    }

    private String peek() {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
      if (at >= tokens.size()) {
        throw wrong("it ends early");
      }
      return tokens.get(at++);
    }

    private void want(String token) {
      String came = next();
      if (!came.equals(token)) {
        throw wrong("needs " + token + ", got " + came);
      }
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(what + " in: " + text);
    }
  }
}
