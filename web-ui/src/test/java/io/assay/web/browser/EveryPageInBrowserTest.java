package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.figures.LenderWindows;
import io.assay.web.imputation.ImputerSite;
import io.assay.web.rules.RulesSite;
import io.assay.web.stability.MovedWords;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every page reads without scripts, with a table beside every chart; has no serious fault of
 * accessibility in either theme and on a phone; and shows what has the focus.
 */
class EveryPageInBrowserTest {
  private static final String ROWS =
      """
      insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, needed, event)
        values ('default', 'walked-event', 1, '', 'camera', 'v1', '', current_date, '', '', now(), 0, 'random-share',
          'at random', 1, 0, 1, 1, '{"id":"e1","stream":"camera","at":1772366400000000000,"fields":{"boxes":[]}}');
      insert into alert (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at, fired_at,
          evaluated)
        values ('default', '00000000000e7e27', 'flicker', '',
          '{"alertname":"flicker","level":"warning","condition":"rate > 5% for 10min"}',
          '{"value":"12 %","threshold":"5 %","example":"van t1 was gone"}', '{people}', 'FIRING', now(), now(), now());
      insert into project (name, title) values ('walked', 'Walked');
      insert into project (name, title) values ('walked-words', 'Words');
      insert into label_round (project, number, opened, opened_by, seed, plan, closed, closed_by, closed_why,
          trained, trained_at, seen_at)
        values ('walked', 1, now() - interval '9 days', 'ann', 1, '{"budget":12,"firing":{},"why":"by gain"}',
            now() - interval '5 days', 'ann', '', 'yolo-12', now() - interval '4 days', now() - interval '4 days'),
          ('walked', 2, now() - interval '1 day', 'ann', 2, '{"budget":12,"firing":{},"why":"by gain"}',
            null, null, null, null, null, null);
      insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding)
        select 'walked', r || '-' || n, r, case when n % 3 = 0 then '' else 'flicker' end,
          'camera', 'v1', '', current_date, 'v', 'h', now() - interval '1 day', 1, 'gain', '', 1, 5, n, 'AGREED', 'ERROR'
        from generate_series(1, 2) r, generate_series(1, 12) n\
      """;

  private static Chromium chromium;

  @BeforeAll
  static void start() throws SQLException {
    chromium = Chromium.start();
    LenderWindows.store(Installation.shared());
    try (var connection = Installation.shared().web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(ROWS);
    }
  }

  /** Others look at the same project, and count what is in it. */
  @AfterAll
  static void stop() throws SQLException {
    if (chromium != null) {
      chromium.close();
    }
    try (var connection = Installation.shared().web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("delete from label_item where id = 'walked-event'");
      statement.execute("delete from alert where fingerprint = '00000000000e7e27'");
    }
  }

  private interface Walking {
    void walk(PageWalk walk, Page page) throws Exception;
  }

  private static void walk(
      String address, String project, String name, String password, Walking walking)
      throws Exception {
    try (Visitor plain = chromium.visitWithoutScripts(address);
        Visitor scripted = chromium.visit(address)) {
      plain.login(name, password);
      scripted.login(name, password);
      var walk = new PageWalk(project, plain, scripted);
      walking.walk(walk, plain.page());
      assertThat(walk.faults()).as(walk.pages() + " pages").isEmpty();
    }
  }

  @Test
  void thoseOfAJudgedStreet() throws Exception {
    Installation here = Installation.shared();
    walk(
        here.web().address(),
        "default",
        Installation.name(Role.ADMINISTRATOR),
        here.password(Role.ADMINISTRATOR),
        (walk, page) -> {
          page.navigate("/p/default/violations?assertion=flicker");
          String violation =
              Objects.requireNonNull(page.locator("a.cover").last().getAttribute("href"));
          List.of(
                  "",
                  "?range=7d",
                  "/assertions?range=6h",
                  "/assertions/flicker?range=24h",
                  "/assertions/flicker/thresholds?range=1h&at=0.3",
                  "/violations",
                  "/violations?sort=oldest&assertion=flicker",
                  "/alerts",
                  "/alerts/00000000000e7e27",
                  "/alerts/deliveries",
                  "/review",
                  "/review/rules",
                  "/review/rounds",
                  "/review/items/walked-event",
                  "/labels",
                  "/distributions",
                  "/truth",
                  "/stability",
                  "/imputation",
                  "/rules",
                  "/pipeline",
                  "/members",
                  "/projects",
                  "/tokens",
                  "/audit",
                  "/erasure",
                  "/retention")
              .forEach(walk::look);
          walk.lookAt(violation);
          page.navigate("/p/default/review");
          page.locator("main button.btn-primary").click();
          page.waitForURL("**/review/items/*");
          walk.lookAt(page.url());
        });
  }

  @Test
  void thoseOfRoundsAndReleases() throws Exception {
    Installation here = Installation.shared();
    String rounds = here.add("walked", "walker", Role.ADMINISTRATOR);
    String words = here.add("walked-words", "word-walker", Role.VIEWER);
    MovedWords.store(here, "walked-words");
    walk(
        here.web().address(),
        "walked",
        "walker",
        rounds,
        (walk, page) -> List.of("", "/assertions", "/review/rounds").forEach(walk::look));
    walk(
        here.web().address(),
        "walked-words",
        "word-walker",
        words,
        (walk, page) ->
            List.of(
                    "/stability",
                    "/stability/words/2026-11",
                    "/stability/words/2026-11?item=jaguar",
                    "/stability/words/2026-10")
                .forEach(walk::look));
  }

  @Test
  void thoseOfImputers() throws Exception {
    try (var site = new ImputerSite()) {
      String password = site.administrator("a-walker");
      site.publish("listed", 1, "", true);
      site.publish("listed", 2, "", true);
      site.await(() -> site.item("listed").path("inForce").asInt() == 2);
      site.await(() -> site.get(ImputerSite.PATH + "/listed").path("attention").size() == 3);
      walk(
          site.address(),
          "default",
          "a-walker",
          password,
          (walk, page) -> List.of("/imputation", "/imputation/listed").forEach(walk::look));
    }
  }

  @Test
  void thoseOfRulesAndOfTheFirstRun() throws Exception {
    try (RulesSite site = RulesSite.start()) {
      String password = site.add("a-walker", Role.ADMINISTRATOR);
      site.publish(
          RuleHome.WEB, "", false, new SourceFile("camera.assay", site.file("camera", 3, "draft")));
      long second =
          site.publish(
              RuleHome.WEB,
              "",
              false,
              new SourceFile("camera.assay", site.file("camera", 4, "shadow")));
      site.topic("camera");
      site.topic("parcels");
      long now = Instant.now().toEpochMilli();
      for (int seen = 0; seen < 30; seen++) {
        String event =
            "{\"vehicle\":\"v%d\",\"at\":%d,\"seen\":%d}"
                .formatted(seen % 3, now - 60_000 + 1000L * seen, seen);
        site.event("camera", event);
        site.event("parcels", event);
      }
      String topic = site.topics().prefix() + ".parcels";
      walk(
          site.address(),
          "default",
          "a-walker",
          password,
          (walk, page) -> {
            List.of(
                    "/assertions",
                    "/assertions/camera_001",
                    "/assertions/camera_001/sweeps",
                    "/rules",
                    "/rules/file?name=camera.assay",
                    "/rules/canonical",
                    "/rules/diff?from=1&to=" + second,
                    "/rules/edit",
                    "/rules/edit?file=camera.assay",
                    "/backtests",
                    "/start",
                    "/start/stream?topic=" + topic,
                    "/start/rules?stream=camera",
                    "/start/fired?stream=camera&assertion=camera_001",
                    "/pipeline",
                    "/dead-letters",
                    "/dead-letters?late=true",
                    "/retention")
                .forEach(walk::look);
            page.navigate("/p/default/start/rules?stream=camera");
            walk.lookAt(page.locator(".offers a").first().getAttribute("href"));
            page.navigate("/p/default/assertions/camera_001/sweeps");
            page.locator("[name=low]").fill("1");
            page.locator("[name=high]").fill("6");
            page.getByText("Judge them").click();
            walk.lookAt(over(page, "#thresholds"));
            page.navigate("/p/default/rules/edit?file=camera.assay");
            page.locator("textarea[name=text]").fill(site.file("camera", 4, "active"));
            page.locator("[formaction*=backtest]").first().click();
            walk.lookAt(over(page, "#firings"));
            walk.look("/backtests");
          });
    }
  }

  /** Waits as somebody does whose browser runs no scripts; the address without what it says. */
  private static String over(Page page, String shown) {
    for (int i = 0; i < 60 && page.locator(shown).count() == 0; i++) {
      page.waitForTimeout(500);
      page.reload();
    }
    assertThat(page.locator(shown).count()).as(page.url()).isEqualTo(1);
    Matcher path = Pattern.compile("/p/[^?#]*").matcher(page.url());
    assertThat(path.find()).isTrue();
    return path.group();
  }
}
