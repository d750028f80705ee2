package io.assay.drill;

import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** Holds history, notices and deliveries against the changes that there were. */
final class AlertsChecked {
  private final AlertTablesOfDrill tables;
  private final int[] changes;
  private final List<String> found = new ArrayList<>();

  /** {@code changes}: how often the condition of each alert changed; all end as not true. */
  AlertsChecked(AlertTablesOfDrill tables, int[] changes) {
    this.tables = tables;
    this.changes = changes.clone();
  }

  /** What is wrong, each a sentence. */
  List<String> found() {
    history();
    notices();
    deliveries();
    return found;
  }

  /** They fire and are over in turn, as often as they changed. */
  private void history() {
    Map<String, List<String>> phases = new HashMap<>();
    for (String line :
        tables.column("SELECT assertion || ' ' || to_phase FROM alert_history ORDER BY id")) {
      String[] parts = line.split(" ");
      phases.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
    }
    for (int i = 0; i < changes.length; i++) {
      List<String> own = phases.getOrDefault("a" + i, List.of());
      boolean inTurn = own.size() == changes[i];
      for (int j = 0; j < own.size(); j++) {
        inTurn &= own.get(j).equals(j % 2 == 0 ? "FIRING" : "RESOLVED");
      }
      if (!inTurn) {
        found.add("a%d changed %d times, its history is %s".formatted(i, changes[i], own));
      }
    }
  }

  /** What people know after each notice differs from before by what it tells, once for a change. */
  private void notices() {
    Map<String, Integer> told = new HashMap<>();
    Map<String, TreeSet<String>> known = new HashMap<>();
    for (String body : tables.column("SELECT body FROM alert_notice ORDER BY id")) {
      Notice notice = JsonMapper.shared().readValue(body, Notice.class);
      TreeSet<String> group = known.computeIfAbsent(notice.groupKey(), key -> new TreeSet<>());
      boolean news = false;
      for (NoticeAlert alert : notice.alerts()) {
        String name = alert.labels().getOrDefault("alertname", "");
        if (alert.firing() ? group.add(name) : group.remove(name)) {
          news = true;
          told.merge(name, 1, Integer::sum);
        }
      }
      if (!news) {
        found.add("a notice tells nothing that was not told: " + notice.groupKey());
      }
    }
    for (int i = 0; i < changes.length; i++) {
      int times = told.getOrDefault("a" + i, 0);
      if (times != changes[i]) {
        found.add("a%d changed %d times and was told %d times".formatted(i, changes[i], times));
      }
    }
  }

  private void deliveries() {
    long without =
        tables.number(
            "SELECT count(*) FROM alert_notice n WHERE (SELECT count(*) FROM alert_delivery d"
                + " WHERE d.notice = n.id) <> 1");
    if (without > 0) {
      found.add(without + " notices have not one delivery for their one target");
    }
    long lost =
        tables.number(
            "SELECT count(*) FROM alert_delivery WHERE status NOT IN ('DELIVERED', 'SUPERSEDED')");
    if (lost > 0) {
      found.add(lost + " deliveries did not arrive");
    }
  }
}
