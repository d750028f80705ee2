package io.assay.web.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.access.Role;
import io.assay.web.rates.RateQueries;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What pages and programs are told of windows. */
class FigurePagesTest {
  private static final String JSON = "application/json";

  private static BrowsingClient viewer;

  @BeforeAll
  static void store() throws SQLException {
    Installation here = Installation.shared();
    LenderWindows.store(here);
    viewer = here.member(Role.VIEWER);
  }

  @Test
  void whatIsViolatedStandsFirstAndEstimatesJoinTheirMeasure() {
    List<FiguresRecord> newestFirst = LenderWindows.all().reversed();
    Track shift = Track.of(newestFirst, Topic.DISTRIBUTIONS).getFirst();
    assertThat(shift.of()).isEqualTo("risk");
    assertThat(shift.series().getFirst().segment()).isEqualTo("region east");
    assertThat(shift.outcome().name()).isEqualTo("VIOLATED");
    assertThat(shift.ends()).hasSize(25);
    List<Track> truth = Track.of(newestFirst, Topic.TRUTH);
    assertThat(truth).extracting(Track::function).containsExactly("auc", "calibration_error");
    Track auc = truth.getFirst();
    assertThat(auc.estimatedInPart()).isTrue();
    assertThat(auc.series().getFirst().cells()).hasSize(25).doesNotContainNull();
    assertThat(auc.series().getFirst().newest().open()).isFalse();
  }

  @Test
  void aVersionOfTheModelIsMarkedAtTheFirstWindowThatHasItsEvents() {
    Track track = Track.of(LenderWindows.all().reversed(), Topic.DISTRIBUTIONS).getFirst();
    Instant end = track.ends().get(20).instant();
    List<VersionMark> marks =
        VersionMark.of(
            track,
            List.of(
                new RateQueries.Version("loans", "before", end.minus(Duration.ofDays(9))),
                new RateQueries.Version("camera", "another", end.minusSeconds(60)),
                new RateQueries.Version("loans", "within", end.minusSeconds(60)),
                new RateQueries.Version("loans", "at the end", end),
                new RateQueries.Version("loans", "after", end.plus(Duration.ofDays(9)))));
    assertThat(marks)
        .extracting(VersionMark::version, VersionMark::step)
        .containsExactly(tuple("within", 20), tuple("at the end", 21));
    String page = viewer.get("/p/default/distributions?range=7d").body();
    assertThat(page).contains("id=\"line-marks\"", ">model risk-8<", "data-step=\"21\"");
    assertThat(viewer.get("/p/default/truth?range=7d").body()).contains(">model risk-8<");
  }

  @Test
  void barsAreSharesAndCalibrationHasIntervals() {
    FiguresRecord truth =
        LenderWindows.all().stream().filter(r -> r.figures().size() == 2).findFirst().orElseThrow();
    Shape shape = Shape.of(truth.figures().get(1).parts(), true);
    assertThat(shape.bars()).hasSize(8);
    assertThat(shape.bars().getFirst().name()).isEqualTo("0.0 – 0.1");
    assertThat(shape.bars().getFirst().now()).isEqualTo(0.1);
    assertThat(shape.bars().getFirst().high()).isGreaterThan(0.1);
    FiguresRecord shift = LenderWindows.all().getFirst();
    Shape bins = Shape.of(shift.figures().getFirst().parts(), false);
    assertThat(bins.bars().stream().mapToDouble(Shape.Bar::now).sum()).isBetween(0.999, 1.001);
    assertThat(bins.bars().getFirst().name()).isEqualTo("≤ 0.083");
    assertThat(bins.bars().getLast().name()).isEqualTo("> 0.750");
  }

  @Test
  void programsGetWindowsOfOneKindAndSegment() {
    JsonNode found = json("figures?range=7d&about=truth&assertion=calibrated&segment=region+south");
    assertThat(found.path("next").isNull()).as(found.toString()).isTrue();
    assertThat(found.path("items").size()).isEqualTo(25);
    assertThat(found.path("items").get(0).path("open").asBoolean()).isTrue();
    assertThat(found.path("items").get(0).path("figures").get(0).path("estimated").asBoolean())
        .isTrue();
    assertThat(viewer.get("/api/v1/projects/default/figures?about=nothing", JSON).statusCode())
        .isEqualTo(400);
    assertThat(viewer.get("/api/v1/projects/default/figures?range=2y", JSON).statusCode())
        .isEqualTo(400);
  }

  @Test
  void programsGetEachWindowOnceInParts() {
    List<JsonNode> whole = json("figures?range=7d").path("items").valueStream().toList();
    assertThat(whole).hasSizeGreaterThan(50);
    List<JsonNode> parts = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = json("figures?range=7d&limit=17&after=" + after);
      part.path("items").forEach(parts::add);
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(parts).isEqualTo(whole);
    assertThat(viewer.get("/api/v1/projects/default/figures?after=soon", JSON).statusCode())
        .isEqualTo(400);
  }

  @Test
  void spreadsheetsGetARowForEachWindow() {
    String csv = viewer.get("/p/default/distributions.csv?range=7d&assertion=risk_mix").body();
    assertThat(csv.lines().count()).isEqualTo(101);
    assertThat(csv).startsWith("assertion,stream,segment").contains("psi(loans.risk");
    assertThat(viewer.get("/p/default/truth.csv").body()).contains("calibration_error");
  }

  /** More windows than a page shows: it says so, and the file has them all, each once. */
  @Test
  void ofManyWindowsThePageSaysThatItHasAPartAndTheFileHasAll() throws SQLException {
    Installation here = Installation.shared();
    int many = FigurePages.MOST_WINDOWS + 50;
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('windows', 'Windows')");
      statement.execute(
          """
          insert into window_figures (project, assertion, lines, segment, begins, ends, stream, open, figures)
          select 'windows', 'mix', '1', segment, ends - interval '2 hours', ends, 'loans', false,
            figures || jsonb_build_object('assertion', 'mix', 'segment', segment, 'startMillis',
              (extract(epoch from ends) * 1000)::bigint - 7200000, 'endMillis', (extract(epoch from ends) * 1000)::bigint)
          from (select figures from window_figures where project = 'default' and assertion = 'risk_mix' limit 1) one,
            generate_series(0, %d - 1) n,
            lateral (select 'n ' || n %% 60 as segment, date_trunc('hour', now()) - n / 60 * interval '1 minute' as ends) w\
          """
              .formatted(many));
    }
    String password = here.add("windows", "window-reader", Role.VIEWER);
    BrowsingClient reader = here.anonymous();
    reader.login("window-reader", password);
    List<String> lines =
        reader.get("/p/windows/distributions.csv?range=7d").body().lines().skip(1).toList();
    assertThat(lines).hasSize(many).doesNotHaveDuplicates();
    assertThat(reader.get("/p/windows/distributions?range=7d").body())
        .contains("the newest 10,000 are shown")
        .contains("Of every 6 h a segment has one window here");
    assertThat(viewer.get("/p/default/distributions?range=7d").body())
        .doesNotContain("are shown. A shorter");
  }

  /** Of many the list comes in parts, each once, those that are violated first. */
  @Test
  void theListComesInPartsWithATrendOfEach() throws SQLException {
    Installation here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('series', 'Series')");
      // The newest window of each still waits for truth.
      statement.execute(
          """
          insert into window_figures (project, assertion, lines, segment, begins, ends, stream, open, figures)
          select 'series', 'mix-' || n, '1', segment, ends - interval '2 hours', ends, 'loans', back = 0,
            figures || jsonb_build_object('assertion', 'mix-' || n, 'segment', segment, 'open', back = 0,
              'startMillis', (extract(epoch from ends) * 1000)::bigint - 7200000,
              'endMillis', (extract(epoch from ends) * 1000)::bigint,
              'lines', case when n % 50 = 7 then '[{"name":"1","condition":"shift < 0.4","outcome":"VIOLATED","why":""}]'
                else figures -> 'lines' end)
          from (select figures from window_figures where project = 'default' and assertion = 'risk_mix' limit 1) one,
            generate_series(0, 119) n, generate_series(0, 9) back, (values ('region a'), ('region b')) s (segment),
            lateral (select date_trunc('hour', now()) - back * interval '2 hours' as ends) w\
          """);
    }
    String password = here.add("series", "series-reader", Role.VIEWER);
    BrowsingClient reader = here.anonymous();
    reader.login("series-reader", password);
    List<String> names = new ArrayList<>();
    String address = "/p/series/distributions?range=24h";
    int parts = 0;
    while (true) {
      String page = reader.get(address).body();
      parts++;
      Matcher name = Pattern.compile("/p/series/assertions/(mix-[0-9]+)\"").matcher(page);
      while (name.find()) {
        names.add(name.group(1));
      }
      assertThat(page).contains("120 statistics").containsPattern("class=\"line\" d=\"M[0-9]");
      Matcher next = Pattern.compile("rel=\"next\"[^>]*href=\"([^\"]*)\"").matcher(page);
      if (!next.find()) {
        break;
      }
      address = next.group(1).replace("&amp;", "&");
    }
    assertThat(parts).isEqualTo(3);
    assertThat(names).hasSize(120).doesNotHaveDuplicates();
    assertThat(names.subList(0, 3)).containsExactlyInAnyOrder("mix-7", "mix-57", "mix-107");
  }

  private static JsonNode json(String path) {
    return JsonMapper.shared()
        .readTree(viewer.get("/api/v1/projects/default/" + path, JSON).body());
  }
}
