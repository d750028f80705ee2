package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rates by declared slice as people see them, of a street into the night, with showers. */
class SlicesInBrowserTest {
  private static final String PROJECT = "evening";

  private static Chromium chromium;
  private static Installation here;
  private static String password;

  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('evening', 'Evening')");
    }
    Instant night = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(3));
    JudgedStreet.drive(PROJECT, 7, night.minusSeconds(200), 4_500)
        .store(here.web().database().connect());
    password = here.add(PROJECT, "evening-viewer", Role.VIEWER);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void ofAllAssertionsAndOfOneOfThem() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("evening-viewer", password);
      Page page = visitor.page();
      page.navigate("/p/evening/assertions?range=1h");
      page.waitForSelector("[data-from=declared-heat] canvas");
      assertThat(page.locator("#declared-heat thead th").allTextContents())
          .contains("night", "!night", "rain", "!rain");
      page.locator("[data-from=declared-heat]").scrollIntoViewIfNeeded();
      visitor.photograph("assertions-by-slice");
      page.navigate("/p/evening/assertions/flicker?range=1h");
      page.waitForSelector("[data-from=slice-heat] canvas");
      assertThat(page.locator("#slice-heat tbody th").allTextContents())
          .containsExactly("night", "!night", "rain", "!rain");
      page.locator("text=By slice night").scrollIntoViewIfNeeded();
      assertThat(page.locator("table.lift").first().locator("tbody tr").count()).isEqualTo(2);
      visitor.photograph("assertion-by-slice");
      page.locator("#lift-slice-rain th.number button").first().click();
      assertThat(page.url()).contains("sorts=lift-slice-rain:rate:desc");
      assertThat(visitor.complaints()).isEmpty();
    }
  }
}
