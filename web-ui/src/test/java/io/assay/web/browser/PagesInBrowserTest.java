package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.Installation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages as people see them, in a real browser. */
class PagesInBrowserTest {
  private static Chromium chromium;
  private static Installation here;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    here = Installation.shared();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void fromTheLoginToTheGapInAFrame() throws IOException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      Page page = visitor.page();
      page.navigate("/login");
      visitor.photograph("login");
      login(visitor);
      assertThat(page.locator(".figures").innerText()).contains("Events a second");
      assertThat(page.locator("tbody >> text=flicker_untracked").count()).isPositive();
      visitor.photograph("overview");
      drawn(page, ".chart >> text=Save as PNG", "overview-chart");
      drawn(page, ".trend >> nth=0 >> text=Save as PNG", "overview-card");
      page.click("#overview-unfolded summary");
      Path steps = page.waitForDownload(() -> page.click(".chart >> text=Export as CSV")).path();
      assertThat(Files.readString(steps)).startsWith("From,Violations,").contains("Z,");
      page.locator("#overview-unfolded").scrollIntoViewIfNeeded();
      visitor.photograph("overview-table");

      page.click("nav.places >> text=Violations");
      page.selectOption("[name=assertion]", "flicker");
      page.click(".filters button");
      page.waitForURL("**/violations?*assertion=flicker*");
      assertThat(page.locator(".rows tbody tr").count()).isPositive();
      visitor.photograph("violations");
      String newest = page.locator(".rows tbody tr").first().innerText();
      page.click("th[aria-sort=descending] a");
      page.waitForURL("**sort=oldest*");
      assertThat(page.locator("th[aria-sort=ascending]").count()).isEqualTo(1);
      page.click("th[aria-sort=ascending] a");
      page.waitForSelector("th[aria-sort=descending]");
      assertThat(page.locator(".rows tbody tr").first().innerText()).isEqualTo(newest);
      Path list = page.waitForDownload(() -> page.click(".card-head a[download]")).path();
      assertThat(Files.readString(list)).contains(",flicker,").doesNotContain("# cut");

      page.locator("a.cover").first().click();
      Locator missing = page.locator(".stage .frame .box.last-known");
      missing.waitFor();
      assertThat(page.locator(".lanes rect.gap").count()).isEqualTo(1);
      assertThat(imagesAreDrawn(page)).isTrue();
      visitor.photograph("violation");
      drawn(page, ".lanes + .exports >> text=Save as PNG", "violation-lanes");
      Path lanes =
          page.waitForDownload(() -> page.click(".lanes + .exports >> text=Export as CSV")).path();
      assertThat(Files.readString(lanes)).startsWith("Track,Seen at,Missing between").contains("…");
      page.click(".lanes ~ .as-table summary");
      page.locator(".lanes ~ .as-table").scrollIntoViewIfNeeded();
      visitor.photograph("violation-lanes-table");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  /**
   * The picture that a button makes of a chart: it has lines and texts, and not the paper alone.
   */
  private static void drawn(Page page, String button, String name) {
    Path file = Path.of("target", "screenshots", name + "-saved.png");
    page.waitForDownload(() -> page.click(button)).saveAs(file);
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      assertThat(Arrays.stream(pixels).distinct().count()).as(name).isGreaterThan(20);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void keysTurnFramesAndViolations() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      login(visitor);
      Page page = visitor.page();
      page.navigate("/p/default/violations?assertion=flicker");
      page.locator("a.cover").first().click();
      page.waitForSelector("#viewer");
      String first = page.locator("h1").innerText();
      String shown = page.locator(".strip [aria-current]").innerText();
      page.keyboard().press("ArrowRight");
      page.waitForFunction(
          "before => document.querySelector('.strip [aria-current]').innerText !== before", shown);
      assertThat(page.url()).contains("frame=", "assertion=flicker");
      page.keyboard().press("j");
      page.waitForFunction("before => document.querySelector('h1').innerText !== before", first);
      page.keyboard().press("k");
      page.waitForFunction("before => document.querySelector('h1').innerText === before", first);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void reviewedByKeysAlone() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      login(visitor);
      Page page = visitor.page();
      page.click("nav.places >> text=Review");
      visitor.photograph("review");
      page.click("main button.btn-primary");
      page.waitForURL("**/review/items/*");
      String first = page.url();
      visitor.photograph("review-item");
      page.keyboard().press("ArrowRight");
      page.waitForURL(first + "?frame=*");
      page.keyboard().press("1");
      page.waitForURL(url -> url.contains("/review/items/") && !url.startsWith(first));
      String second = page.url();
      page.keyboard().press("u");
      page.waitForURL(first);
      page.keyboard().press("2");
      page.waitForURL(second);
      page.keyboard().press("s");
      page.waitForURL(url -> url.contains("/review/items/") && !url.startsWith(second));
      page.click("nav.places >> text=Review");
      assertThat(page.locator("main").innerText()).contains("How right flags are");
      visitor.photograph("review-figures");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void countsMoveWithinASecondOfBeingStored() throws SQLException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      String other = "live";
      try (var connection = here.web().database().connect();
          var statement = connection.createStatement()) {
        statement.execute("insert into project (name, title) values ('live', 'Live')");
      }
      String password = here.add(other, "watcher", Role.VIEWER);
      visitor.login("watcher", password);
      Page page = visitor.page();
      assertThat(page.locator(".empty h2").innerText()).contains("Nothing has been judged yet");
      visitor.photograph("overview-empty");
      // The first message tells that the stream is open.
      page.waitForTimeout(1500);
      JudgedStreet.drive(other, 11, Instant.now().minusSeconds(20), 200)
          .store(here.web().database().connect());
      long stored = System.nanoTime();
      page.waitForSelector(".figures");
      assertThat((System.nanoTime() - stored) / 1_000_000).isLessThan(3_000);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void aTokenIsMadeAndRevoked() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login(Installation.name(Role.ADMINISTRATOR), here.password(Role.ADMINISTRATOR));
      Page page = visitor.page();
      page.click("nav.places >> text=Administration");
      page.click("nav.tabs >> text=Tokens");
      page.fill("[name=name]", "camera box");
      page.fill("[name=streams]", "camera, lidar");
      page.fill("[name=days]", "30");
      page.click("form.filters button");
      assertThat(page.locator("code.secret").innerText()).startsWith("assay_");
      assertThat(page.locator("tbody >> text=camera, lidar").count()).isPositive();
      visitor.photograph("tokens");
      int live = page.locator("tbody button").count();
      page.locator("tbody button").first().click();
      assertThat(page.locator("tbody button").count()).isEqualTo(live - 1);
      assertThat(page.locator("code.secret").count()).isZero();
      boolean sideways =
          (boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
      assertThat(sideways).isFalse();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void fromAllAssertionsToOneOfThem() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      login(visitor);
      Page page = visitor.page();
      page.click("nav.places >> text=Assertions");
      page.waitForSelector("[data-plot=heat] canvas");
      assertThat(page.locator("details.as-table").first().getAttribute("open")).isNull();
      visitor.photograph("assertions");
      page.selectOption("[name=sort]", "name");
      page.fill("[name=text]", "flicker");
      page.click(".filters button");
      page.waitForURL("**/assertions?*text=flicker*");
      page.locator("a.cover").first().click();
      page.waitForSelector("[data-plot=series] canvas");
      assertThat(page.locator(".funnel tr").count()).isEqualTo(6);
      visitor.photograph("assertion");
      page.click("text=Other thresholds");
      page.waitForURL("**/flicker/thresholds?range=*");
      page.locator("#at").fill("0.3");
      page.waitForURL("**/thresholds?*at=0.3");
      assertThat(page.locator("#chosen dd").first().textContent()).isEqualTo("0.3 s");
      visitor.photograph("thresholds");
      page.navigate("/p/default/assertions/flicker");
      page.click("nav.segments >> text=7 d");
      page.waitForURL("**/assertions/flicker?range=7d");
      page.getByText("As a table").first().click();
      // Steps of six hours.
      assertThat(page.locator("#series tbody tr").count()).isEqualTo(28);
      page.locator("#episodes a").last().click();
      page.waitForURL("**/violations/*/*assertion=flicker");
      page.keyboard().press("a");
      page.waitForURL("**/assertions/flicker");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  /** All that the rail leads to, one assertion, one violation and one item to review. */
  @Test
  void noPageHasASeriousFaultInEitherTheme() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login(Installation.name(Role.ADMINISTRATOR), here.password(Role.ADMINISTRATOR));
      Page page = visitor.page();
      List<String> pages = new ArrayList<>();
      for (Locator link : page.locator("nav.places a").all()) {
        pages.add(link.getAttribute("href"));
      }
      page.navigate("/p/default/violations?assertion=flicker");
      pages.add(page.locator("a.cover").last().getAttribute("href"));
      pages.add("/p/default/assertions/flicker?range=1h");
      pages.add("/p/default/assertions/flicker/thresholds?range=1h&at=0.3");
      pages.add("/p/default/rules/edit");
      pages.add("/p/default/violations?sort=oldest");
      pages.add("/p/default/alerts/deliveries?status=dead");
      Map<String, List<String>> faults = new LinkedHashMap<>();
      for (String path : pages) {
        page.navigate(path);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          // Between two themes colours move for a moment, which is no fault.
          page.emulateMedia(
              new Page.EmulateMediaOptions()
                  .setColorScheme(scheme)
                  .setReducedMotion(ReducedMotion.REDUCE));
          List<String> found = Axe.faults(page);
          if (!found.isEmpty()) {
            faults.put(path + " " + scheme, found);
          }
        }
      }
      assertThat(pages).hasSizeGreaterThan(10);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void phoneShowsTheOverviewWithoutMovingSideways() {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      login(visitor);
      visitor.page().setViewportSize(390, 844);
      visitor.page().navigate("/p/default");
      visitor.photograph("overview-phone");
      assertNotSideways(visitor.page());
      for (String path : List.of("review", "assertions", "assertions/flicker")) {
        visitor.page().navigate("/p/default/" + path);
        assertNotSideways(visitor.page());
        visitor.photograph(path.replace('/', '-') + "-phone");
      }
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static void assertNotSideways(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(page.url())
        .isEqualTo(true);
  }

  private static void login(Visitor visitor) {
    visitor.login(Installation.name(Role.REVIEWER), here.password(Role.REVIEWER));
  }

  /** A frame that cannot be loaded would be a complaint, but one that is empty would not. */
  private static boolean imagesAreDrawn(Page page) {
    Object width =
        page.evaluate(
            """
            async () => {
              const picture = new Image();
              picture.src = document.querySelector(".stage image").getAttribute("href");
              await picture.decode();
              return picture.naturalWidth;
            }\
            """);
    return width instanceof Integer pixels && pixels > 100;
  }
}
