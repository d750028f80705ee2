package io.assay.web.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.ProjectRules;
import io.assay.stream.app.StreamProcessors;
import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a rule with a mistake to labels that leave, as two people go: real processors judge. */
class WholePathInBrowserTest {
  private static final String NAME = "gate_001";

  private static Chromium chromium;
  private static RulesSite site;
  private static String ann;
  private static String bob;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = RulesSite.start(Map.of("assay.labels.automatic", "false"));
    ann = site.add("ann", Role.AUTHOR);
    bob = site.add("bob", Role.AUTHOR);
    site.topic("gate");
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
  void fromAMistakeToTheExport(@TempDir Path folder) throws IOException {
    var settings =
        ProcessorSettings.of(String.valueOf(site.clients().get("bootstrap.servers")), folder)
            .in("default", site.topics());
    try (ProjectRules rules = ProjectRules.follow(settings);
        StreamProcessors processors = StreamProcessors.follow(rules, settings.keyed(true));
        var producer =
            new KafkaProducer<>(
                site.clients(), new ByteArraySerializer(), new ByteArraySerializer());
        Visitor first = chromium.visit(site.address());
        Visitor second = chromium.visit(site.address())) {
      long past = System.currentTimeMillis() - 600_000;
      for (int i = 0; i < 40; i++) {
        drive(producer, "v-past", past + i * 1000L, i % 10 == 5 ? 9 : 0);
      }
      first.login("ann", ann);
      second.login("bob", bob);
      writeAndMend(first.page());
      backtest(first);
      publishInShadow(first.page());
      awaitFired(first.page(), producer, "v-shadow", "[1-9][0-9]* in shadow");
      activate(first, second);
      awaitFired(first.page(), producer, "v-active", "[1-9][0-9]* while active");
      first.photograph("path-fired");
      openRound(first.page());
      reviewByKeys(second);
      export(second);
      assertThat(processors.status()).isNotEmpty();
      assertThat(first.complaints()).isEmpty();
      assertThat(second.complaints()).isEmpty();
    }
  }

  private static String text() {
    return site.file("gate", 2, "shadow")
        .replace(
            "expect  seen <= 1",
            "level   critical\n  expect  seen <= 1\n  sample  random with 2 events around");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void write(Page page, String text) {
    page.waitForSelector(".ace_content");
    page.evaluate(
        "text => document.querySelector('.ace_editor').env.editor.setValue(text, 1)", text);
  }

  private static void writeAndMend(Page page) {
    page.navigate("/p/default/rules/edit");
    page.fill("[name=file]", "gate.assay");
    write(page, text().replace("seen <= 1", "sen <= 1"));
    page.waitForSelector(".told .error");
    assertThat(page.locator(".told .error").innerText())
        .contains("unknown name 'sen'", "^^^", "did you mean 'seen'");
    write(page, text());
    page.getByText("No mistakes").waitFor();
  }

  private static void backtest(Visitor visitor) {
    Page page = visitor.page();
    page.fill("[name=hours]", "1");
    button(page, "Backtest").click();
    page.waitForURL("**/backtests/*");
    page.locator(".facts b", new Page.LocatorOptions().setHasText("done")).waitFor();
    assertThat(
            page.locator("main tr", new Page.LocatorOptions().setHasText(NAME)).first().innerText())
        .containsPattern("(?s)\\b40\\b.*\\b4\\b");
    visitor.photograph("path-backtest");
    page.getByText("Go on writing").click();
    page.waitForSelector(".ace_content");
    assertThat(page.locator("#text").inputValue()).isEqualTo(text());
  }

  private static void publishInShadow(Page page) {
    page.fill("[name=note]", "nobody stands in the gate");
    button(page, "Publish").click();
    page.getByText("Generation 1 is in force.").waitFor();
  }

  /** It is critical: one asks, and another agrees. */
  private static void activate(Visitor first, Visitor second) {
    Page page = first.page();
    button(page, "Activate: " + NAME).click();
    page.getByText("waits for a second person").waitFor();
    Page theirs = second.page();
    theirs.navigate("/p/default/rules");
    tabTo(theirs, "#proposals .btn-primary");
    theirs.keyboard().press("Enter");
    theirs.getByText("was approved and is in force").waitFor();
    assertThat(site.text("gate.assay"))
        .contains(text().replaceFirst("(?s)(.*)mode    shadow", "$1mode    active"));
  }

  /** Events go on until the page says so: processors take up rules in a moment of their own. */
  private static void awaitFired(
      Page page, KafkaProducer<byte[], byte[]> producer, String vehicle, String said) {
    for (int i = 0; i < 120; i++) {
      drive(producer, vehicle, System.currentTimeMillis(), 9);
      page.navigate("/p/default/assertions/" + NAME);
      if (page.locator(".figures").innerText().matches("(?s).*\\b" + said + ".*")) {
        return;
      }
      page.waitForTimeout(300);
    }
    throw new AssertionError(NAME + " did not say: " + said);
  }

  private static void openRound(Page page) {
    page.navigate("/p/default/review/rounds");
    button(page, "Open a round").click();
    page.getByText("Round 1").first().waitFor();
  }

  private static void reviewByKeys(Visitor visitor) {
    Page page = visitor.page();
    page.navigate("/p/default/review");
    tabTo(page, "main .btn-primary");
    page.keyboard().press("Enter");
    page.waitForURL("**/review/items/*");
    visitor.photograph("path-review");
    int said = 0;
    while (page.url().contains("/review/items/")) {
      String before = page.url();
      page.keyboard().press("1");
      page.waitForURL(url -> !url.equals(before));
      said++;
    }
    assertThat(said).isPositive();
    assertThat(page.locator("main").innerText()).contains("Nothing is left to look at", NAME);
  }

  private static void export(Visitor visitor) throws IOException {
    Page page = visitor.page();
    page.navigate("/p/default/labels");
    page.selectOption("[name=format]", "json-lines");
    tabTo(page, "main .btn-primary");
    page.keyboard().press("Enter");
    Locator fetch = page.locator("#runs a[download]");
    fetch.waitFor();
    visitor.photograph("path-export");
    Download download = page.waitForDownload(fetch::click);
    assertThat(Files.readString(download.path(), UTF_8)).contains("v-active", NAME);
  }

  /** As who has no mouse. */
  private static void tabTo(Page page, String wanted) {
    for (int i = 0; i < 80; i++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(
          page.evaluate("wanted => document.activeElement.matches(wanted)", wanted))) {
        return;
      }
    }
    throw new AssertionError("no Tab leads to " + wanted);
  }

  private static void drive(
      KafkaProducer<byte[], byte[]> producer, String vehicle, long at, int seen) {
    byte[] event =
        "{\"vehicle\":\"%s\",\"at\":%d,\"seen\":%d}".formatted(vehicle, at, seen).getBytes(UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(site.topics().prefix() + ".gate", vehicle.getBytes(UTF_8), event));
    producer.flush();
  }
}
