package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Frames that are played, boxes that are drawn, and verdicts that are given, by keys alone. */
class PlayerInBrowserTest {
  private static final String PROJECT = "paced";
  private static final int VERDICTS = 15;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static Chromium chromium;
  private static Installation here;
  private static String password;

  @BeforeAll
  static void start() throws SQLException, IOException {
    chromium = Chromium.start();
    here = Installation.shared();
    execute("insert into project (name, title) values ('paced', 'Paced')");
    JudgedStreet street = JudgedStreet.drive(PROJECT, 7, Instant.now().minusSeconds(90), 900);
    street.draw(here.media(), 150);
    street.store(here.web().database().connect());
    execute(
        """
        insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank)
        select project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst,
          'uniform', 'each assertion alike', 1, 5, extract(epoch from opened)
        from episode where project = 'paced' order by opened desc, id limit 60\
        """);
    password = here.add(PROJECT, "fast", Role.REVIEWER);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void thirtyVerdictsAMinuteByKeysAlone() throws SQLException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      Keyboard keys = page.keyboard();
      page.navigate("/p/paced/review");
      page.locator("main button.btn-primary").focus();
      keys.press("Enter");
      page.waitForURL("**/review/items/*");
      keys.press("?");
      page.waitForSelector("details.keys[open]");
      visitor.photograph("review-keys");
      keys.press("?");
      long begun = System.nanoTime();
      for (int i = 0; i < VERDICTS; i++) {
        String before = page.url();
        // A look at one frame more before every third.
        if (i % 3 == 0) {
          keys.press("ArrowRight");
        }
        keys.press(List.of("1", "2", "Control+Enter").get(i % 3));
        page.waitForURL(url -> url.contains("/review/items/") && !url.startsWith(before));
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double rate = VERDICTS / seconds * 60;
      System.out.printf(
          "%d verdicts in %.1f s by keys alone: %.0f a minute%n", VERDICTS, seconds, rate);
      assertThat(rate).isGreaterThan(30);
      assertThat(count("select count(*) from label_verdict where project = 'paced'"))
          .isEqualTo(VERDICTS);
      assertThat(page.locator(".pace").innerText())
          .contains(VERDICTS + " in this sitting", "a minute");

      // The images of the next one come, and nobody has it yet.
      page.waitForFunction(
          "() => document.querySelectorAll('div[hx-get$=upcoming] img').length > 0");
      assertThat(count("select count(*) from label_lease where project = 'paced'")).isEqualTo(1);
      List<String> preloaded = sources(page, "div[hx-get$=upcoming] img", "src");
      String given = page.url();
      keys.press("3");
      page.waitForURL(url -> url.contains("/review/items/") && !url.startsWith(given));
      assertThat(sources(page, ".strip image", "href")).containsAll(preloaded);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static List<String> sources(Page page, String selector, String attribute) {
    List<String> found = new ArrayList<>();
    for (Locator one : page.locator(selector).all()) {
      found.add(one.getAttribute(attribute));
    }
    return found;
  }

  @Test
  void aBoxIsDraggedAndMovedByKeys() throws SQLException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      page.navigate(item("flicker"));
      page.keyboard().press("Home");
      page.waitForURL("**?frame=0");
      page.keyboard().press("b");
      Locator area = page.locator(".editor .chosen rect.area");
      area.waitFor();
      double x = number(area, "x");
      double y = number(area, "y");
      double width = number(area, "width");
      drag(page, area, 60, 20);
      assertThat(number(area, "x")).isGreaterThan(x + 20);
      assertThat(number(area, "y")).isGreaterThan(y + 5);
      assertThat(number(area, "width")).isEqualTo(Math.round(width * 10) / 10.0);
      visitor.photograph("review-boxes");
      drag(page, page.locator(".editor .handle.se"), 40, 0);
      assertThat(number(area, "width")).isGreaterThan(width + 10);

      double moved = number(area, "x");
      page.keyboard().press("ArrowLeft");
      page.keyboard().press("ArrowLeft");
      page.keyboard().press("Shift+ArrowDown");
      assertThat(number(area, "x")).isEqualTo(Math.round((moved - 2) * 10) / 10.0);
      page.getByLabel("Left", new Page.GetByLabelOptions().setExact(true)).fill("33");
      page.keyboard().press("Tab");
      assertThat(number(area, "x")).isEqualTo(33);
      assertThat(page.locator("[name=correction][value=edited]").isChecked()).isTrue();
      String before = page.url().replaceFirst("\\?.*", "");
      area.focus();
      page.keyboard().press("1");
      page.waitForURL(url -> !url.startsWith(before));
      JsonNode edited =
          JSON.readTree(
              text(
                  "select edited::text from label_verdict where project = 'paced' and item = '"
                      + before.substring(before.lastIndexOf('/') + 1)
                      + "'"));
      assertThat(edited.size()).isEqualTo(1);
      assertThat(edited.iterator().next().path("boxes").toString()).contains("\"area\":[33,");
      assertThat(visitor.complaints()).isEmpty();
      page.keyboard().press("b");
      assertThat(faults(page)).isEmpty();
    }
  }

  private static void drag(Page page, Locator from, double right, double down) {
    BoundingBox box = from.boundingBox();
    Mouse mouse = page.mouse();
    mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    mouse.down();
    mouse.move(box.x + box.width / 2 + right / 2, box.y + box.height / 2 + down / 2);
    mouse.move(box.x + box.width / 2 + right, box.y + box.height / 2 + down);
    mouse.up();
  }

  private static double number(Locator of, String attribute) {
    return Double.parseDouble(of.getAttribute(attribute));
  }

  @Test
  void aMissingBoxIsAddedWhereItWasLastSeenOnAPhone() throws SQLException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      page.setViewportSize(390, 844);
      page.navigate(item("flicker"));
      visitor.photograph("review-item-phone");
      assertNotSideways(page);
      int boxes = page.locator(".stage .frame .box.other").count();
      page.keyboard().press("b");
      page.keyboard().press("n");
      page.locator(".editor .chosen").waitFor();
      assertThat(page.locator(".editor rect.area").count()).isEqualTo(boxes + 1);
      assertThat(number(page.locator(".editor .chosen rect.area"), "x"))
          .isEqualTo(number(page.locator(".stage .box.last-known rect").first(), "x"));
      visitor.photograph("review-boxes-phone");
      assertNotSideways(page);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void whatOthersSawAndWhatShouldHaveBeenLiesOverTheFrame() throws SQLException {
    String[] place =
        text("select day || '/' || id from violation where project = 'paced'"
                + " and assertion = 'flicker' order by at desc limit 1")
            .split("/", 2);
    String where =
        " where project = 'paced' and day = '" + place[0] + "' and id = '" + place[1] + "'";
    ObjectNode record =
        (ObjectNode) JSON.readTree(text("select evidence::text from violation" + where));
    JsonNode first = record.path("events").path(0);
    // As an assertion that joins the LIDAR would freeze it, and correct it.
    ObjectNode partner = record.withArray("events").addObject();
    partner
        .put("id", "lidar-1")
        .put("at", first.path("at").asLong(0) + 20_000_000)
        .put("stream", "lidar");
    partner.put("role", "partner").put("subjectIndex", -1);
    partner
        .putObject("fields")
        .putArray("boxes")
        .addObject()
        .put("label", "van")
        .putArray("area")
        .add(500)
        .add(120)
        .add(180)
        .add(90);
    ObjectNode corrected = record.withArray("corrections").addObject();
    corrected.put("id", first.path("id").asString("")).put("at", first.path("at").asLong(0));
    corrected.putArray("actions").add("insert");
    ObjectNode fields = (ObjectNode) first.path("fields").deepCopy();
    fields
        .withArray("boxes")
        .addObject()
        .put("label", "van")
        .putArray("area")
        .add(510)
        .add(110)
        .add(160)
        .add(100);
    corrected.set("fields", fields);
    try (var connection = here.web().database().connect();
        var update =
            connection.prepareStatement("update violation set evidence = ?::json" + where);
        var label =
            connection.prepareStatement(
                "insert into label (project, id, prediction, stream, verdict, fields, classes,"
                    + " looked, weight, said_by, source, at) values ('paced', 'truth', ?, 'camera',"
                    + " 'error', ?::json, '{}', '{}', 1, 'rita', 'api', now())")) {
      update.setString(1, record.toString());
      update.executeUpdate();
      label.setString(1, first.path("id").asString(""));
      label.setString(2, "{\"boxes\":[{\"label\":\"van\",\"area\":[505,115,170,95]}]}");
      label.executeUpdate();
    }
    String page0 = "/p/paced/violations/" + place[0] + "/" + place[1] + "?frame=0";
    String episode = text("select episode from violation" + where);
    execute("delete from label_item where project = 'paced' and id = '" + episode + "'");
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      page.navigate(page0);
      for (String kind : List.of("joined", "proposed", "truth", "other")) {
        assertThat(page.locator(".stage .frame .box." + kind).count()).as(kind).isPositive();
        assertThat(page.locator(".keyline ." + kind).count()).as(kind).isEqualTo(1);
      }
      assertThat(page.locator(".lanes .name").allInnerTexts()).contains("lidar");
      assertThat(page.locator(".feed.said").innerText()).contains("Error", "rita (api)");
      page.getByText("Fields of lidar, +20 ms").click();
      assertThat(page.locator("details.raw[open] pre").innerText()).contains("\"van\"");
      visitor.photograph("violation-player");
      assertThat(visitor.complaints()).isEmpty();
      assertThat(faults(page)).isEmpty();
    }
  }

  @Test
  void framesPlayAndWhoeverWantsNoMotionGoesOnByOne() throws SQLException {
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      page.navigate(item("flicker"));
      Keyboard keys = page.keyboard();
      keys.press("End");
      int last = page.locator(".strip li").count() - 1;
      page.waitForURL("**?frame=" + last);
      keys.press("Home");
      page.waitForURL("**?frame=0");
      keys.press("+");
      assertThat(page.locator("[data-speed]").inputValue()).isEqualTo("2");
      keys.press(" ");
      page.waitForURL("**?frame=2");
      page.waitForSelector("button[data-play][aria-pressed=true]");
      keys.press(" ");
      assertThat(page.locator("button[data-play]").getAttribute("aria-pressed")).isEqualTo("false");
      page.waitForTimeout(300);
      keys.press("Home");
      page.waitForURL("**?frame=0");
      page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
      keys.press(" ");
      page.waitForURL("**?frame=1");
      page.waitForTimeout(400);
      assertThat(page.url()).endsWith("?frame=1");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void labelsThatCameInAndExportsThatGoOut() throws SQLException, IOException {
    execute(
        """
        insert into label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source, at)
        select 'paced', 'l' || n, coalesce((select prediction from violation where project = 'paced' and prediction <> ''
            order by id offset n limit 1), 'e' || n), 'camera', (array['error', 'no-error', 'unclear'])[1 + n % 3],
          case when n % 2 = 0 then '{"weather":"rain"}'::json else '{}'::json end, '{}', '{}', 1,
          (array['rita', 'bo'])[1 + n % 2], (array['api', 'label-studio'])[1 + n % 2], now()
        from generate_series(1, 40) n\
        """);
    execute(
        "insert into label_refused (project, at, source, by, why) values ('paced', now(), 'api',"
            + " 'trainer', '1 of 3 labels cannot be read; the first is number 2: verdict needs"
            + " error, no-error or unclear')");
    execute(
        "insert into export_run (project, id, format, outside, fps, clear, by, at, done, of_all,"
            + " alive) values ('paced', 'slow', 'coco', 'mask', 25, true, 'fast', now(), 4100,"
            + " 9700, now())");
    try (Visitor visitor = chromium.visit(here.web().address())) {
      visitor.login("fast", password);
      Page page = visitor.page();
      page.click("nav.places >> text=Labels");
      assertThat(page.locator("#runs progress").getAttribute("aria-label"))
          .isEqualTo("4,100 of 9,700 read");
      page.selectOption("[name=format]", "coco");
      page.getByText("Write it").focus();
      page.keyboard().press("Enter");
      page.waitForSelector("[role=status]");
      page.waitForSelector("#runs a[download]");
      visitor.photograph("labels");
      Path file =
          page.waitForDownload(() -> page.locator("#runs a[download]").first().click()).path();
      assertThat(JSON.readTree(Files.readAllBytes(file)).path("images").size()).isPositive();

      page.locator("#runs form button").click();
      page.getByText("The export is cancelled.").waitFor();
      assertThat(page.locator("#runs progress").count()).isZero();
      page.selectOption("#in [name=source]", "api");
      page.selectOption("#in [name=verdict]", "no-error");
      page.locator("#in button").click();
      page.waitForURL("**/labels?*source=api*");
      assertThat(page.locator(".main-side .card").last().innerText())
          .contains("No error", "rita")
          .doesNotContain("label-studio");
      page.setViewportSize(390, 844);
      visitor.photograph("labels-phone");
      assertNotSideways(page);
      assertThat(visitor.complaints()).isEmpty();
      assertThat(faults(page)).isEmpty();
    }
  }

  /** While colours move from one theme to the other there are faults that nobody sees. */
  private static List<String> faults(Page page) {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    return Axe.faults(page);
  }

  /** One that is still open. */
  private static String item(String assertion) throws SQLException {
    return "/p/paced/review/items/"
        + text(
            "select id from label_item where project = 'paced' and status = 'OPEN' and assertion ="
                + " '"
                + assertion
                + "' order by rank limit 1");
  }

  private static void assertNotSideways(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  private static long count(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private static String text(String sql) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).as(sql).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
