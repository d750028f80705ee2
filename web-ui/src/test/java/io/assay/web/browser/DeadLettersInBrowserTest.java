package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.web.access.Role;
import io.assay.web.aside.AsideSite;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dead letters as people see them, ten thousand of them. */
class DeadLettersInBrowserTest {
  private static final String[] CAUSES = {"broken-json", "no-time", "no-key"};

  private static Chromium chromium;
  private static AsideSite site;
  private static String password;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = AsideSite.start(Map.of());
    password = site.add("an-author", Role.AUTHOR);
    for (int i = 0; i < 10_000; i++) {
      String cause = CAUSES[i % 3];
      String detail =
          i % 3 == 0
              ? "Unexpected end-of-input within a value at byte 41"
              : "needed a value in \"at\", came none";
      site.letter(
          "default",
          cause,
          detail,
          i,
          "{\"camera\": \"c1\", \"n\": %05d, \"boxes\": [{\"x\": 1".formatted(i));
    }
    site.flush();
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void fromTheListToOneThatIsMendedAndReplayed() {
    try (Visitor visitor = chromium.visit(site.web.address())) {
      visitor.login("an-author", password);
      Page page = visitor.page();
      page.click("nav.places >> text=Dead letters");
      assertThat(page.locator(".rows tbody tr").count()).isEqualTo(50);
      page.selectOption("[name=cause]", "broken-json");
      page.click(".filters button");
      page.waitForURL("**/dead-letters?*cause=broken-json*");
      page.keyboard().press("ArrowRight");
      page.waitForURL("**after=*");
      visitor.photograph("dead-letters");
      assertNotSideways(page);

      page.locator("a.cover").first().focus();
      page.keyboard().press("Enter");
      page.waitForSelector(".payload mark");
      assertThat(page.locator(".payload mark").innerText()).contains("Byte 41");
      page.getByLabel("What is sent").fill("{\"camera\": \"c1\", \"at\": 17}");
      visitor.photograph("dead-letter");
      page.getByText("Yes, replay this record").click();
      page.getByRole(
              com.microsoft.playwright.options.AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName("Replay").setExact(true))
          .click();
      page.waitForSelector("[role=status]");
      assertThat(page.locator("[role=status]").innerText())
          .contains("Replayed: 1.", site.source + "-0@");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void allThatFitAreReplayedSomeAtATimeAndOnAPhone() {
    try (Visitor visitor = chromium.visit(site.web.address())) {
      visitor.login("an-author", password);
      Page page = visitor.page();
      page.setViewportSize(390, 844);
      page.navigate("/p/default/dead-letters?cause=no-key");
      visitor.photograph("dead-letters-phone");
      assertNotSideways(page);
      page.locator("a.cover").first().click();
      page.waitForSelector(".payload");
      visitor.photograph("dead-letter-phone");
      assertNotSideways(page);
      page.goBack();
      page.getByText("Replay all that fit").click();
      page.waitForSelector("form.repair");
      assertThat(page.locator("form.repair").innerText()).contains("1,000 records and more fit");
      visitor.photograph("dead-letters-replay-phone");
      assertNotSideways(page);
      page.getByText("Yes, replay them").click();
      page.locator("form.repair button").click();
      page.waitForSelector("[role=status]");
      assertThat(page.locator("[role=status]").innerText()).contains("Replayed: 500.");
      assertThat(page.url()).contains("after=", "upTo=");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static void assertNotSideways(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }
}
