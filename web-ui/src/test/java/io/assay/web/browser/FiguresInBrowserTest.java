package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.figures.LenderWindows;
import io.assay.web.stability.MovedWords;
import io.assay.web.system.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Distributions and truth as people see them. */
class FiguresInBrowserTest {
  /** Two rounds, of which a model has learned from the first. */
  private static final String ROUNDS =
      """
      insert into project (name, title) values ('learning', 'Learning');
      insert into label_round (project, number, opened, opened_by, seed, plan, closed, closed_by, closed_why,
          trained, trained_at, seen_at)
        values ('learning', 1, now() - interval '9 days', 'ann', 1, '{"budget":12,"firing":{},"why":"by gain"}',
            now() - interval '5 days', 'ann', '', 'yolo-12', now() - interval '4 days', now() - interval '4 days'),
          ('learning', 2, now() - interval '1 day', 'ann', 2, '{"budget":12,"firing":{},"why":"by gain"}',
            null, null, null, null, null, null);
      insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding)
        select 'learning', r || '-' || n, r, case when n % 3 = 0 then '' when n % 3 = 1 then 'flicker' else 'absent' end,
          'camera', 'v1', '', current_date, 'v', 'h', now() - interval '1 day', 1,
          case when n % 3 = 0 then 'random-share' else 'gain' end, '', 1, 5, n,
          case when n = 12 then 'OPEN' else 'AGREED' end,
          case when n = 12 then null when n % 3 = 1 or n = 3 then 'ERROR' else 'NO_ERROR' end
        from generate_series(1, 2) r, generate_series(1, 12) n\
      """;

  private static Chromium chromium;
  private static Installation here;

  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    here = Installation.shared();
    LenderWindows.store(here);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aShiftIsSeenInItsSegmentAndItsBins() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login(Installation.name(Role.VIEWER), here.password(Role.VIEWER));
      Page page = visitor.page();
      page.click("nav.places >> text=Distributions");
      page.waitForSelector("[data-plot=lines] canvas");
      page.waitForSelector("[data-plot=bars] canvas");
      assertThat(page.locator("#shape .card-head").innerText()).contains("region east");
      visitor.photograph("distributions");
      page.click("text=region north >> nth=-1");
      page.waitForURL("**segment=region*north*");
      assertThat(page.locator("#shape .card-head").innerText()).contains("region north");

      page.click("nav.places >> text=Truth");
      page.waitForSelector("[data-plot=lines] canvas");
      assertThat(page.locator("main").innerText()).contains("Hollow points are estimates");
      page.click("text=risk >> nth=1");
      page.waitForSelector("[data-plot=bars] canvas");
      visitor.photograph("truth");
      assertThat(visitor.complaints()).isEmpty();
      // Looking for faults reads pixels, of which the browser complains.
      assertThat(Axe.faults(page)).isEmpty();
      page.navigate("/p/default/distributions");
      assertThat(Axe.faults(page)).isEmpty();
    }
  }

  /** An item that moved is searched, and what is near it followed, by links alone. */
  @Test
  void whatIsNearAnItemThatMovedIsShownBeforeAndAfter() throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('words', 'Words')");
    }
    MovedWords.store(here, "words");
    String password = here.add("words", "reader", Role.VIEWER);
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("reader", password);
      Page page = visitor.page();
      page.setViewportSize(1440, 1700);
      page.navigate("/p/words/stability/words/2026-11");
      page.fill("[name=item]", "jag");
      page.keyboard().press("Enter");
      page.waitForURL("**/2026-11?item=jag#moved-1");
      assertThat(page.locator("h3").innerText()).isEqualTo("What is near jaguar");
      assertThat(page.locator(".halves table").first().innerText()).contains("python", "− lost");
      visitor.photograph("stability-near");
      page.click(".halves table >> nth=0 >> text=python");
      page.waitForURL("**/2026-11?item=python#moved-1");
      assertThat(page.locator("h3").innerText()).isEqualTo("What is near python");
      page.navigate("/p/words/stability/words/2026-10");
      assertThat(page.locator("main").innerText()).contains("What is near them is not known");
      visitor.photograph("stability-near-unknown");
      assertThat(visitor.complaints()).isEmpty();
      // Looking for faults reads pixels, of which the browser complains.
      page.navigate("/p/words/stability/words/2026-11?item=jag");
      assertThat(Axe.faults(page)).isEmpty();
    }
  }

  @Test
  void roundsTellWhatLabelsFoundAndTheirFiguresAreTakenOut() throws Exception {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(ROUNDS);
    }
    String password = here.add("learning", "learner", Role.AUTHOR);
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("learner", password);
      Page page = visitor.page();
      page.setViewportSize(1440, 1500);
      page.navigate("/p/learning/review/rounds");
      page.waitForSelector("[data-plot=lines] canvas");
      visitor.photograph("rounds");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);

      // By the keyboard: the greatest number of errors first, then the smallest.
      Locator errors = page.locator("table[data-sorts] th:has-text('Errors')").first();
      errors.locator("button").focus();
      page.keyboard().press("Enter");
      assertThat(errors.getAttribute("aria-sort")).isEqualTo("descending");
      Locator first = page.locator("table[data-sorts]").first().locator("tbody tr").first();
      assertThat(first.innerText()).contains("flicker");
      page.keyboard().press("Enter");
      assertThat(errors.getAttribute("aria-sort")).isEqualTo("ascending");
      assertThat(first.innerText()).doesNotContain("flicker");

      page.evaluate("document.querySelector('#curve-table td').textContent = '=1+1, \"twice\"'");
      Path csv = page.waitForDownload(() -> page.click("#curve >> text=Export as CSV")).path();
      assertThat(Files.readString(csv)).contains("\r\n\"'=1+1, \"\"twice\"\"\",5,");
      Path png = page.waitForDownload(() -> page.click("#curve >> text=Save as PNG")).path();
      assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
      assertThat(visitor.complaints()).isEmpty();
      assertThat(Axe.faults(page)).isEmpty();
    }
  }
}
