package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Five hundred rules as people see and change them. */
class RulesInBrowserTest {
  private static final String FILE = "/p/default/rules/edit?file=camera.assay";

  /** One that holds, and one that does not. */
  private static final String TEST =
      """

      test gate_000 "two are too many" {
        given   gate every 1s for 1 event vehicle "v1" `seen` 2
        expect  1 violation
      }

      test gate_000 "none are none" {
        given   gate every 1s for 1 event vehicle "v1" `seen` 0
        expect  1 violation
      }
      """;

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

  /** As someone who pastes it over all there is. */
  private static void write(Page page, String text) {
    page.waitForSelector(".ace_content");
    page.evaluate(
        "text => document.querySelector('.ace_editor').env.editor.setValue(text, 1)", text);
  }

  private static String written(Page page) {
    return page.locator("#text").inputValue();
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
      String text = written(page);
      write(page, text.replace("seen <= 17\n", "sen <= 17\n"));
      button(page, "Check").click();
      page.waitForSelector("pre.payload");
      assertThat(page.locator("pre.payload").innerText())
          .contains("error[A", "did you mean 'seen'?");
      first.photograph("rules-mistake");

      Page theirs = second.page();
      theirs.navigate(FILE);
      write(theirs, text.replace("not more than 3 are", "no more than 3 are"));
      button(theirs, "Publish").click();
      theirs.waitForSelector("[role=status]");
      assertThat(theirs.locator("[role=status]").innerText()).contains("is in force");

      String mine = text.replace("seen <= 17\n", "seen <= 16\n");
      write(page, mine);
      button(page, "Publish").focus();
      page.keyboard().press("Enter");
      page.getByText("was published by another meanwhile").waitFor();
      assertThat(written(page)).isEqualTo(mine);
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
  void aSecondPersonAgreesToWhatIsCritical() {
    try (Visitor first = chromium.visit(site.address());
        Visitor second = chromium.visit(site.address())) {
      first.login("an-author", author);
      second.login("another", other);
      Page page = first.page();
      page.navigate("/p/default/rules/edit");
      page.fill("[name=file]", "door.assay");
      write(page, site.file("door", 2, "shadow").replace("seen <= 1", "seen <= 1 level critical"));
      button(page, "Publish").click();
      page.getByText("is in force").waitFor();
      page.navigate("/p/default/rules/file?name=door.assay");
      assertThat(Axe.faults(page)).isEmpty();
      first.photograph("rules-modes");
      button(page, "Activate: door_000").click();
      page.getByText("is in force").waitFor();
      page.navigate("/p/default/assertions/door_001");
      first.photograph("assertion-modes");
      button(page, "Activate: door_001").click();
      page.getByText("waits for a second person").waitFor();
      first.photograph("rules-proposed");
      assertNotSideways(page);

      Page theirs = second.page();
      theirs.navigate("/p/default/rules");
      assertThat(Axe.faults(theirs)).isEmpty();
      second.photograph("rules-waiting");
      button(theirs, "Approve and publish").focus();
      theirs.keyboard().press("Enter");
      theirs.getByText("was approved and is in force").waitFor();
      theirs.setViewportSize(390, 844);
      second.photograph("rules-approved-phone");
      assertNotSideways(theirs);
      assertThat(site.text("door.assay").orElse("")).doesNotContain("shadow");
      page.navigate("/p/default/rules/canonical");
      assertThat(Axe.faults(page)).isEmpty();
      first.photograph("rules-canonical");
      assertNotSideways(page);
      assertThat(first.complaints()).isEmpty();
      assertThat(second.complaints()).isEmpty();
    }
  }

  @Test
  void aMistakeIsToldWhileOneWritesAndTestsRunInPlace() {
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-author", author);
      Page page = visitor.page();
      page.navigate("/p/default/rules/edit");
      page.fill("[name=file]", "gate.assay");
      String text = site.file("gate", 1, "draft");
      write(page, text.replace("expect  seen <= 0", "expect  sen <= 0") + TEST);
      page.waitForSelector(".told .error");
      assertThat(page.locator(".told .error").innerText())
          .contains("11:11", "unknown name 'sen'", "  expect  sen <= 0", "^^^", "did you mean");
      assertThat(page.locator(".mistake.error").count()).isEqualTo(1);
      assertThat(page.locator(".ace_gutter-cell.ace_error").count()).isEqualTo(1);
      visitor.photograph("rules-editor-mistake");
      assertThat(Axe.faults(page)).isEmpty();

      page.locator(".told .where").first().click();
      page.keyboard().press("Delete");
      page.keyboard().press("Delete");
      page.keyboard().press("Delete");
      page.keyboard().type("se");
      page.locator(".ace_autocomplete .ace_line", new Page.LocatorOptions().setHasText("seen"))
          .first()
          .waitFor();
      visitor.photograph("rules-editor-completion");
      assertThat(Axe.faults(page)).isEmpty();
      page.keyboard().press("Enter");
      page.getByText("No mistakes").waitFor();
      assertThat(written(page)).contains("expect  seen <= 0");
      page.keyboard().press("ArrowLeft");
      page.keyboard().press("F1");
      page.waitForSelector(".ace_tooltip .explained");
      assertThat(page.locator(".ace_tooltip .explained").innerText()).contains("seen", "int");
      visitor.photograph("rules-editor-explained");
      page.keyboard().press("ArrowLeft");
      button(page, "Format").click();
      button(page, "Run tests").click();
      page.getByText("1 passed, 1 failed").waitFor();
      assertThat(page.locator(".told .failed").innerText()).contains("expected", "came");
      visitor.photograph("rules-editor-tests");
      assertThat(Axe.faults(page)).isEmpty();

      // By the keyboard alone: in by Enter, out by Escape, and on by Tab.
      page.locator("[data-editor] .ace_scroller").focus();
      page.keyboard().press("Enter");
      page.keyboard().press("Control+End");
      page.keyboard().type("# end");
      page.keyboard().press("Escape");
      page.keyboard().press("Tab");
      assertThat(written(page)).endsWith("# end");
      assertThat(page.evaluate("document.activeElement.closest('.ace_editor') === null"))
          .isEqualTo(true);
      // What axe-core itself does to a canvas, asked three times on one page.
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void aDraftIsJudgedOverThePastOnceItHasNoMistakes() {
    site.topic("gate");
    long now = Instant.now().toEpochMilli();
    for (int seen = 0; seen < 40; seen++) {
      site.event(
          "gate",
          "{\"vehicle\":\"v1\",\"at\":%d,\"seen\":%d}"
              .formatted(now - 60_000L * (41 - seen), seen % 7));
    }
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-author", author);
      Page page = visitor.page();
      page.navigate("/p/default/rules/edit");
      page.fill("[name=file]", "gate.assay");
      String text = site.file("gate", 3, "draft");
      write(page, text.replace("expect  seen <= 0", "expect  sen <= 0"));
      page.fill("[name=hours]", "2");
      button(page, "Backtest").click();
      page.getByText("The backtest did not begin").waitFor();
      assertThat(page.locator("pre.payload").innerText()).contains("unknown name 'sen'");
      visitor.photograph("backtest-refused");
      assertThat(page.inputValue("[name=hours]")).isEqualTo("2");

      write(page, written(page).replace("expect  sen <= 0", "expect  seen <= 0"));
      button(page, "Backtest").click();
      page.waitForSelector("[data-plot=firings] canvas");
      assertThat(page.locator("table[data-sorts] tbody tr").first().innerText())
          .contains("gate_000", "40", "34");
      page.setViewportSize(1440, 1500);
      visitor.photograph("backtest");
      assertNotSideways(page);
      assertThat(page.getByText("Where the events came from").isVisible()).isTrue();
      page.getByText("Go on writing").click();
      assertThat(written(page)).contains("expect  seen <= 0");
      button(page, "Backtest").click();
      page.getByText("Run again").waitFor();
      page.navigate("/p/default/backtests");
      assertThat(page.locator("tbody tr").count()).isEqualTo(2);
      assertThat(page.locator("tbody tr").first().innerText())
          .contains("gate.assay", "an-author", "done");
      visitor.photograph("backtests");
      assertNotSideways(page);
      assertThat(visitor.complaints()).isEmpty();
      assertThat(Axe.faults(page)).isEmpty();
      page.locator("tbody a.strong").first().click();
      page.waitForSelector("[data-plot=firings] canvas");
      assertThat(Axe.faults(page)).isEmpty();
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
