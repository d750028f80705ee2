package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.system.Installation;
import io.assay.web.system.LongLists;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of which every list is longer than a part, in a real browser. */
class LongListsInBrowserTest {
  private static final String PROJECT = "long-lists";

  private static Chromium chromium;
  private static Installation here;
  private static String password;

  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    here = Installation.shared();
    LongLists.fill(here, PROJECT);
    password = here.add(PROJECT, "long-reader", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** Drawn, too, and not only told below the charts. */
  @Test
  void versionsOfModelsAreLinesAcrossChartsInTime() {
    try (var visitor = chromium.visit(here.web().address())) {
      visitor.login("long-reader", password);
      Page page = visitor.page();
      page.navigate("/p/" + PROJECT + "/assertions");
      page.waitForSelector("[data-from=assertion-heat] canvas");
      assertThat(
              page.evaluate(
                  "echarts.getInstanceByDom(document.querySelector('[data-from=assertion-heat]'))"
                      + ".getOption().series[0].markLine.data.map(one => one.xAxis + ' ' +"
                      + " one.label.formatter).join()"))
          .asString()
          .matches("[0-9]+ model =m-2 of stream");
      page.locator("[data-from=assertion-heat]").scrollIntoViewIfNeeded();
      visitor.photograph("heat-versions");
      assertThat(Axe.faults(page)).isEmpty();
      page.navigate("/p/" + PROJECT + "/imputation/frames");
      assertThat(page.locator(".measures svg path.version").count()).isEqualTo(1);
      visitor.photograph("imputation-versions");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "imputation/frames, #versions, before=71",
    "imputation/frames, #choices, chosen=",
    "stability, #of-items-2, of=items-2",
    "review, #disputed, after=",
    "rules, #decided, decided=",
    "erasure, body, after=",
    "backtests, body, after=",
    "tokens, body, after=",
    "members, '.card:has(a[download])', after=",
    "alerts, #silences, silence=",
  })
  void goOnAndAreFiles(String list, String card, String onward) {
    try (var visitor = chromium.visit(here.web().address())) {
      visitor.login("long-reader", password);
      Page page = visitor.page();
      page.navigate("/p/" + PROJECT + "/" + list);
      assertThat(Axe.faults(page)).as(list).isEmpty();
      Locator link = page.locator(card + " a[rel=next]");
      assertThat(page.locator(card + " a[download]").count()).as(list).isPositive();
      String first = page.locator(card + " tbody tr, " + card + " article").first().innerText();
      link.first().click();
      page.waitForURL(url -> url.contains(onward));
      visitor.photograph("long-" + list.replace('/', '-') + card.replaceAll("\\W", ""));
      assertThat(page.locator(card + " tbody tr, " + card + " article").first().innerText())
          .as(list)
          .isNotEqualTo(first);
      assertThat(visitor.complaints()).as(list).isEmpty();
    }
  }
}
