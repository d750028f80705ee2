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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody moves a threshold over past events, with a script and without. */
class SweepsInBrowserTest {
  private static Chromium chromium;
  private static RulesSite site;
  private static String password;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = RulesSite.start();
    password = site.add("an-author", Role.AUTHOR);
    site.publish(
        RuleHome.WEB, "", false, new SourceFile("camera.assay", site.file("camera", 5, "draft")));
    site.topic("camera");
    long now = Instant.now().toEpochMilli();
    for (int seen = 0; seen < 10; seen++) {
      site.event(
          "camera",
          "{\"vehicle\":\"v%d\",\"at\":%d,\"seen\":%d}".formatted(seen, now - 60_000 + seen, seen));
    }
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

  private static Locator chosen(Page page, String what) {
    return page.locator("#chosen dl > div")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + what)))
        .locator("dd")
        .first();
  }

  @Test
  void aSliderTellsWhatEachThresholdFindsAndWritesADraft() {
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-author", password);
      Page page = visitor.page();
      page.navigate("/p/default/assertions/camera_004/sweeps");
      assertThat(Axe.faults(page)).isEmpty();
      page.getByLabel("From").fill("0");
      page.getByLabel("To", new Page.GetByLabelOptions().setExact(false)).fill("8");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Judge them")).click();
      page.waitForURL("**/sweeps/*");
      Locator slider = page.locator("#at");
      slider.waitFor();
      assertThat(chosen(page, "Violations").innerText()).isEqualTo("5");
      page.locator("figure.drawn canvas").waitFor();
      visitor.photograph("sweep");
      assertThat(Axe.faults(page)).isEmpty();

      slider.focus();
      page.keyboard().press("ArrowLeft");
      page.locator("#chosen").getByText("Write a draft with 3").waitFor();
      assertThat(chosen(page, "Violations").innerText()).isEqualTo("6");
      assertThat(page.url()).endsWith("?at=3");
      page.getByText("Write a draft with 3").click();
      page.waitForURL("**/edit?at=3");
      assertThat(page.locator("[name=text]").inputValue()).contains("seen <= 3\n");
      assertThat(visitor.complaints()).allMatch(one -> one.startsWith("Canvas2D"));
    }
  }

  @Test
  void withoutAScriptATableWithLinksTellsTheSame() {
    try (Visitor visitor = chromium.visitWithoutScripts(site.address())) {
      visitor.login("an-author", password);
      Page page = visitor.page();
      page.navigate("/p/default/assertions/camera_004/sweeps");
      page.locator("[name=low]").fill("1");
      page.locator("[name=high]").fill("6");
      page.getByText("Judge them").click();
      page.waitForURL("**/sweeps/*");
      // Whoever has no script looks again.
      for (int i = 0; i < 60 && page.locator("#thresholds").count() == 0; i++) {
        page.waitForTimeout(500);
        page.reload();
      }
      assertThat(page.locator("#thresholds tbody tr").count()).isEqualTo(6);
      page.locator("#thresholds a")
          .getByText("2", new Locator.GetByTextOptions().setExact(true))
          .click();
      page.waitForURL("**?at=2");
      assertThat(chosen(page, "Violations").innerText()).isEqualTo("7");
      page.getByText("Write a draft with 2").click();
      page.waitForURL("**/edit?at=2");
      assertThat(page.locator("textarea[name=text]").inputValue()).contains("seen <= 2\n");
    }
  }
}
