package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Five hundred rules as people see and change them. */
class RulesInBrowserTest {
  private static final String FILE = "/p/default/rules/edit?file=camera.assay";

  private static Chromium chromium;
  private static RulesSite site;
  private static String author;
  private static String other;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = RulesSite.start();
    author = site.add("an-author", Role.AUTHOR);
    other = site.add("another", Role.AUTHOR);
    publishAndUse();
  }

  /** Rules by which two assertions do not judge; again and again the same. */
  private static void publishAndUse() {
    long generation =
        site.publish(
            RuleHome.WEB,
            "",
            false,
            new SourceFile("camera.assay", site.file("camera", 300, "active")),
            new SourceFile("street/lidar.assay", site.file("lidar", 200, "shadow")));
    site.use(
        generation,
        Map.of("camera_207", "it takes 9.3 ms of CPU time an event, and may take 1.0 ms"),
        Map.of("lidar_004", "the function 'distance' failed: no such point"));
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

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void assertNotSideways(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Test
  void twoPeopleChangeAFileAndNothingTypedIsLost() {
    try (Visitor first = chromium.visit(site.address());
        Visitor second = chromium.visit(site.address())) {
      first.login("an-author", author);
      second.login("another", other);
      Page page = first.page();
      page.click("nav.places >> text=Rules");
      assertThat(page.getByText("500 assertions, 2 do not judge as they should").count())
          .isEqualTo(1);
      first.photograph("rules");
      assertNotSideways(page);

      page.navigate(FILE);
      String text =
          page.getByLabel("Rules", new Page.GetByLabelOptions().setExact(true)).inputValue();
      page.getByLabel("Rules", new Page.GetByLabelOptions().setExact(true))
          .fill(text.replace("seen <= 17 ", "sen <= 17 ").replace("seen <= 17\n", "sen <= 17\n"));
      button(page, "Check").click();
      page.waitForSelector("pre.payload");
      assertThat(page.locator("pre.payload").innerText())
          .contains("error[A", "did you mean 'seen'?");
      first.photograph("rules-mistake");

      Page theirs = second.page();
      theirs.navigate(FILE);
      theirs
          .getByLabel("Rules", new Page.GetByLabelOptions().setExact(true))
          .fill(text.replace("not more than 3 are", "no more than 3 are"));
      button(theirs, "Publish").click();
      theirs.waitForSelector("[role=status]");
      assertThat(theirs.locator("[role=status]").innerText()).contains("is in force");

      String mine = text.replace("seen <= 17\n", "seen <= 16\n");
      page.getByLabel("Rules", new Page.GetByLabelOptions().setExact(true)).fill(mine);
      button(page, "Publish").focus();
      page.keyboard().press("Enter");
      page.getByText("was published by another meanwhile").waitFor();
      assertThat(page.getByLabel("Rules", new Page.GetByLabelOptions().setExact(true)).inputValue())
          .isEqualTo(mine);
      assertThat(page.locator(".diff .added").first().innerText()).contains("no more than 3");
      first.photograph("rules-conflict");
      button(page, "Publish").click();
      page.waitForSelector("[role=status]");

      page.getByLabel("What changed 3").click();
      page.waitForSelector(".diff .removed");
      first.photograph("rules-diff");
      assertNotSideways(page);
      assertThat(first.complaints()).isEmpty();
      assertThat(second.complaints()).isEmpty();
    }
  }

  @Test
  void whatDoesNotJudgeStandsFirstAmongAllAssertions() {
    publishAndUse();
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-author", author);
      Page page = visitor.page();
      page.click("nav.places >> text=Assertions");
      page.waitForSelector("[data-plot=heat] canvas");
      // What tasks tell is asked for every two seconds.
      for (int i = 0; i < 20 && page.locator(".why").count() < 2; i++) {
        page.waitForTimeout(500);
        page.reload();
      }
      assertThat(page.locator("tbody .strong").allInnerTexts())
          .startsWith("lidar_004", "camera_207")
          .hasSize(50);
      visitor.photograph("assertions-many");
      assertNotSideways(page);
      page.keyboard().press("ArrowRight");
      page.waitForURL("**after=*");
      page.navigate("/p/default/assertions/camera_207");
      assertThat(page.locator(".notice.bad").innerText()).contains("9.3 ms of CPU time");
      assertThat(page.locator("#versions").innerText()).contains("published by", "seen <= 207");
      assertThat(page.locator("main").innerText()).contains("It was suspended");
      visitor.photograph("assertion-suspended");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void aPhoneShowsFindsAndComparesThem() {
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-author", author);
      Page page = visitor.page();
      page.setViewportSize(390, 844);
      page.navigate("/p/default/rules?text=camera_207");
      assertThat(page.getByText("it takes 9.3 ms").count()).isLessThanOrEqualTo(1);
      visitor.photograph("rules-phone");
      assertNotSideways(page);
      page.navigate(FILE);
      visitor.photograph("rules-edit-phone");
      assertNotSideways(page);
      page.navigate("/p/default/rules/file?name=camera.assay");
      visitor.photograph("rules-file-phone");
      assertNotSideways(page);
      assertThat(visitor.complaints()).isEmpty();
    }
  }
}
