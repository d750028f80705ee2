package io.assay.bench.web;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every page, each with several addresses: other assertions, other violations, other keys. */
final class Pages {
  private static final Pattern NEXT = Pattern.compile("<a [^>]*rel=\"next\"[^>]*href=\"([^\"]+)\"");
  private static final List<String> RANGES = List.of("1h", "6h", "24h", "7d", "30d");
  private static final String HOME = "/p/default";
  private static final String API = "/api/v1/projects/default";

  /** How many addresses a page has, and how many pages later is a later page. */
  private static final int SEVERAL = 20;

  private static final int LATER = 4;

  private final Filling database;
  private final UnaryOperator<String> look;
  private final List<Page> pages = new ArrayList<>();

  /** A page and its addresses, asked for in turn. */
  record Page(String name, List<String> addresses) {
    /** Begins the names of those that save a file, which take as long as it is. */
    static final String FILE = "file: ";

    Page {
      addresses = List.copyOf(addresses);
    }
  }

  /** {@code look}: gives the text of an address. */
  Pages(Filling database, UnaryOperator<String> look) {
    this.database = database;
    this.look = look;
  }

  List<Page> all() throws SQLException {
    List<String> assertions =
        database.texts("SELECT name FROM bench_assertion WHERE number % 10 <> 8 LIMIT " + SEVERAL);
    overview(assertions);
    violations(assertions);
    review();
    rules();
    backtests();
    models();
    people();
    operations();
    return List.copyOf(pages);
  }

  private void overview(List<String> assertions) {
    for (String range : RANGES) {
      add("overview, " + range, HOME + "?range=" + range);
      add("assertions, " + range, HOME + "/assertions?range=" + range);
      add(
          "assertion, " + range,
          assertions.stream().map(it -> HOME + "/assertions/" + it + "?range=" + range).toList());
    }
    add("assertions, sorted and filtered", HOME + "/assertions?sort=rate&level=warning&range=7d");
    later("assertions", HOME + "/assertions?range=24h");
    add(Page.FILE + "assertions, 30d", HOME + "/assertions.csv?range=30d");
    add(
        "assertion, thresholds",
        assertions.stream().map(it -> HOME + "/assertions/" + it + "/thresholds").toList());
    add("API overview, 30d", API + "/overview?range=30d");
    add("API assertions, 30d", API + "/assertions?range=30d");
    add(
        "API episodes",
        assertions.stream().map(it -> API + "/assertions/" + it + "/episodes").toList());
  }

  private void violations(List<String> assertions) throws SQLException {
    String list = HOME + "/violations";
    add("violations", list);
    later("violations", list);
    add(
        "violations of an assertion",
        assertions.stream().map(it -> list + "?assertion=" + it).toList());
    later("violations of an assertion", list + "?assertion=" + assertions.getFirst());
    add("violations of a stream", of(list + "?stream=", WebRules.STREAMS));
    add("violations, critical", list + "?level=critical");
    add("violations of a key", of(list + "?key=key-", numbers()));
    add("violations of a key that has none", list + "?key=nobody");
    add("violations, severe", list + "?severity=12");
    add("violations, none so severe", list + "?severity=1000");
    add("violations with a word", list + "?text=13.5");
    add("violations with a word that none has", list + "?text=nowhere");
    add("violations of a day", of(list, days()));
    add(
        "violations of an assertion and stream that have none",
        list + "?assertion=rule_0000&stream=lidar");
    add(
        "violation",
        database.texts(
            "SELECT '%s/violations/' || worst_day || '/' || worst_id FROM episode WHERE project = 'default' ORDER BY md5(id || 'x') LIMIT %d"
                .formatted(HOME, SEVERAL)));
    add("API violations", API + "/violations?limit=100");
  }

  private List<String> numbers() throws SQLException {
    return database.texts(
        "SELECT (i * 211 % 5000)::text FROM generate_series(1, " + SEVERAL + ") i");
  }

  private List<String> days() throws SQLException {
    return database.texts(
        """
        SELECT '?from=' || day || 'T00:00:00&to=' || day + 1 || 'T00:00:00'
        FROM (SELECT DISTINCT worst_day AS day FROM (SELECT worst_day FROM episode LIMIT 1000) e ORDER BY 1) d\
        """);
  }

  private void review() throws SQLException {
    add("review", HOME + "/review");
    add("review, rounds", HOME + "/review/rounds");
    add("review, rules", HOME + "/review/rules");
    add(
        "review, item",
        database.texts(
            "SELECT '%s/review/items/' || id FROM label_item WHERE status = 'OPEN' LIMIT %d"
                .formatted(HOME, SEVERAL)));
    add(Page.FILE + "samples of a round", API + "/samples?round=20");
    add("API labels", API + "/labels?format=jsonl&limit=100");
    add("API round", API + "/rounds/10");
    add("API proof of a round", API + "/rounds/10/proof");
  }

  private void rules() {
    add("rules", HOME + "/rules");
    add("rules, canonical", HOME + "/rules/canonical");
    add("first run", HOME + "/start");
    add("rules, file", HOME + "/rules/file?name=bench.assay");
    add("rules, difference", HOME + "/rules/diff?from=1&to=2");
    add("rules, edit", HOME + "/rules/edit?name=bench.assay");
    add("alerts", HOME + "/alerts");
    add("alerts, deliveries", HOME + "/alerts/deliveries");
    add("API history of alerts", API + "/alerts/history?limit=100");
  }

  private void backtests() throws SQLException {
    add("backtests", HOME + "/backtests");
    later("backtests", HOME + "/backtests");
    add("backtest", backtests("backtests", "sweep IS NULL"));
    add("sweeps", HOME + "/assertions/" + FilledBacktests.SWEPT + "/sweeps");
    add("sweep", backtests("sweeps", "sweep IS NOT NULL"));
  }

  private List<String> backtests(String page, String which) throws SQLException {
    return database.texts(
        "SELECT '%s/%s/' || id FROM backtest WHERE project = 'default' AND %s LIMIT %d"
            .formatted(HOME, page, which, SEVERAL));
  }

  private void models() {
    add("stability", HOME + "/stability");
    add("stability, release", HOME + "/stability/words/release-060");
    add("stability, neighbours of an item", HOME + "/stability/words/release-060?item=word-7");
    add("imputation", HOME + "/imputation");
    add("imputation, stream", HOME + "/imputation/applications");
    add("dead letters", HOME + "/dead-letters");
    later("dead letters", HOME + "/dead-letters");
    add("dead letter", HOME + "/dead-letters/0@1");
  }

  private void people() throws SQLException {
    add("members", HOME + "/members");
    add("audit, of one kind", HOME + "/audit?action=member.added");
    add("tokens", HOME + "/tokens");
    add(
        "alert",
        database.texts(
            "SELECT '%s/alerts/' || fingerprint FROM alert WHERE project = 'default' LIMIT %d"
                .formatted(HOME, SEVERAL)));
  }

  private void operations() {
    for (String page : List.of("pipeline", "retention", "erasure", "audit", "labels", "projects")) {
      add(page, HOME + '/' + page);
    }
    add("labels, exports", HOME + "/labels/exports");
    for (String range : List.of("24h", "7d", "30d")) {
      add("distributions, " + range, HOME + "/distributions?range=" + range);
      add("truth, " + range, HOME + "/truth?range=" + range);
    }
  }

  private static List<String> of(String before, List<String> endings) {
    return endings.stream().map(ending -> before + ending).toList();
  }

  private void add(String name, String address) {
    add(name, List.of(address));
  }

  /** Nothing is asked of a page that has no address: of alerts, where none are. */
  private void add(String name, List<String> addresses) {
    if (!addresses.isEmpty()) {
      pages.add(new Page(name, addresses));
    }
  }

  /** As far on as links lead, at most four pages. */
  private void later(String name, String first) {
    String address = first;
    for (int i = 0; i < LATER; i++) {
      Matcher next = NEXT.matcher(look.apply(address));
      if (!next.find()) {
        break;
      }
      address = next.group(1).replace("&amp;", "&");
    }
    if (!address.equals(first)) {
      add(String.format(Locale.ROOT, "%s, later", name), address);
    }
  }
}
