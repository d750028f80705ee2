package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of alerts in a storm, in a real browser. */
class AlertsInBrowserTest {
  private static Chromium chromium;
  private static Installation here;

  /** 130 fire, 20 of which somebody sees to; 15 wait. */
  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO project (name, title) VALUES ('alerts', 'Alerts')");
      statement.execute(
          """
          INSERT INTO alert (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at, fired_at,
            evaluated, acknowledged_by)
          SELECT 'alerts', lpad(to_hex(i), 16, '0'), 'lidar', '',
            json_build_object('alertname', 'lidar', 'level', 'warning', 'condition', 'open for 20s', 'vehicle', 'v' || i),
            json_build_object('value', 'open for ' || i || 's', 'threshold', 'less than 20s', 'example', 'score >= 0.5 does not hold'),
            '{people}', CASE WHEN i <= 15 THEN 'PENDING' ELSE 'FIRING' END, at, CASE WHEN i > 15 THEN at END, now(),
            CASE WHEN i > 125 THEN 'Kim' END
          FROM generate_series(1, 145) i,
            LATERAL (SELECT TIMESTAMPTZ '2026-03-01T12:00:00Z' + i * interval '1 s' AS at) t\
          """);
    }
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aStormIsTurnedFiftyAtATime() {
    String password = here.add("alerts", "alerted", Role.REVIEWER);
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("alerted", password);
      Page page = visitor.page();
      page.navigate("/p/alerts/alerts");
      assertThat(page.locator("tbody tr[id]").count()).isEqualTo(50);
      assertThat(page.locator(".card-head").first().innerText()).contains("Firing", "50 of 110");
      assertThat(page.locator("tbody tr[id]").first().innerText())
          .as("somebody sees to those of later")
          .contains("v125");
      page.locator("nav.pager").scrollIntoViewIfNeeded();
      visitor.photograph("alerts-storm");
      page.click("nav.pager a[rel=next]");
      page.waitForURL("**/alerts?after=*");
      assertThat(page.locator("tbody tr[id]").first().innerText()).contains("v75");
      page.click("nav.pager a[rel=next]");
      page.waitForFunction("() => document.querySelectorAll('tbody tr[id]').length === 45");
      assertThat(page.locator("main").innerText())
          .contains("10 of 110", "Acknowledged", "Kim sees to it", "Pending");
      assertThat(page.locator("nav.pager a[rel=next]").count()).isZero();
      visitor.photograph("alerts-storm-last");
      page.click("nav.pager a[rel=first]");
      page.waitForURL("**/alerts");
      assertThat(page.locator("tbody tr[id]").count()).isEqualTo(50);
      page.selectOption("[name=state]", "firing");
      page.click(".filters button >> nth=0");
      page.waitForURL("**state=firing*");
      page.click("th[aria-sort=descending] a");
      page.waitForURL("**sort=oldest*");
      assertThat(page.locator("th[aria-sort=ascending]").count()).isEqualTo(1);
      assertThat(page.locator("nav.pager a[rel=next]").getAttribute("href"))
          .contains("state=firing", "sort=oldest");
      visitor.photograph("alerts-oldest");
      assertThat(visitor.complaints()).isEmpty();
      // Its own reading of canvases is complained of, so it comes last.
      assertThat(Axe.faults(page)).isEmpty();
    }
  }
}
