package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one sees is in the address, so that it is sent to others as it is. */
class AddressInBrowserTest {
  private static final String PROJECT = "addresses";

  private static Chromium chromium;
  private static Installation here;
  private static String password;

  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('addresses', 'Addresses')");
    }
    password = here.add(PROJECT, "addressed-b", Role.ADMINISTRATOR);
    for (String other : List.of("addressed-c", "addressed-a")) {
      String unused = here.add(PROJECT, other, Role.VIEWER);
      assertThat(unused).isNotEmpty();
    }
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void theOrderOfAWholeTableIsInTheAddress() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("addressed-b", password);
      Page page = visitor.page();
      page.navigate("/p/addresses/members");
      Locator name = page.locator("main table th").first();
      name.locator("button").click();
      assertThat(page.url()).endsWith("/members?sorts=members:name:asc");
      name.locator("button").click();
      assertThat(page.url()).endsWith("/members?sorts=members:name:desc");
      assertThat(names(page)).containsExactly("addressed-c", "addressed-b", "addressed-a");

      // Kept by what leads to the same page, and read where one comes by it.
      page.click("main a[href*='labels=true']");
      page.waitForURL(url -> url.contains("labels=true"));
      assertThat(page.url()).contains("sorts=members:name:desc");
      page.waitForSelector("main th[aria-sort=descending]");
      assertThat(names(page)).containsExactly("addressed-c", "addressed-b", "addressed-a");
      page.navigate("/p/addresses/members?sorts=members:role:asc&sorts=nothing:name:desc");
      page.waitForSelector("main th[aria-sort=ascending]");
      assertThat(names(page)).startsWith("addressed-b").hasSize(3);
      page.navigate("/p/addresses/members?sorts=members:nothing:asc");
      page.waitForSelector("main th button.sort");
      assertThat(names(page)).containsExactly("addressed-a", "addressed-b", "addressed-c");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void aZoneOfTheAddressIsKeptByRangesAndFiltersOfThePageAlone() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login(Installation.name(Role.VIEWER), here.password(Role.VIEWER));
      Page page = visitor.page();
      page.navigate("/p/default/assertions?zone=Asia/Kolkata");
      assertThat(page.locator("main").innerText()).contains("times in Asia/Kolkata");
      page.click("main nav.segments a[href*='range=7d']");
      page.waitForURL(url -> url.contains("range=7d"));
      assertThat(page.url()).contains("zone=Asia");
      page.fill("main [name=text]", "flick");
      page.keyboard().press("Enter");
      page.waitForURL(url -> url.contains("text=flick"));
      assertThat(page.url()).contains("zone=Asia", "range=7d");
      assertThat(page.locator("main").innerText()).contains("times in Asia/Kolkata");
      page.navigate("/p/default/assertions?range=7d");
      assertThat(page.locator("main").innerText()).contains("times in UTC");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  /** A form that has a field called action is a form like others. */
  @Test
  void aFilterOfChangesKeepsTheZone() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("addressed-b", password);
      Page page = visitor.page();
      page.navigate("/p/addresses/audit?zone=Asia/Kolkata");
      page.fill("main [name=text]", "addressed");
      page.keyboard().press("Enter");
      page.waitForURL(url -> url.contains("text=addressed"));
      assertThat(page.url()).contains("zone=Asia");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static List<String> names(Page page) {
    return page.locator("main table").first().locator("tbody td.strong").allInnerTexts();
  }
}
