package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.Level;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.rates.Appeared;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.SliceRates.Sliced;
import io.assay.web.rules.AssertionState;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the list is ordered, filtered, parted and exported, and what is said of each. */
class AssertionListTest {
  private static final Counted NOTHING = Counted.NONE;
  private static final Counted ALL_HELD = new Counted(100, 100, 100, 100, 0, 0, 0);
  private static final Counted SOME_VIOLATED = new Counted(100, 100, 80, 60, 20, 20, 0);

  @Test
  void whatDoesNotDoItsWorkStandsFirst() {
    List<AssertionLine> all =
        List.of(
            line("quiet", Health.QUIET, 0),
            line("busy", Health.FIRING, 90),
            line("dead", Health.DEAD, 0),
            line("failing", Health.FAILING, 3),
            line("slower", Health.FIRING, 5),
            line("draft", Health.DRAFT, 0),
            line("suspended", Health.SUSPENDED, 0),
            line("idle", Health.IDLE, 0));
    AssertionSlice slice = AssertionSlice.of(all, filter(Map.of()), "", 50);
    assertThat(slice.lines())
        .extracting(AssertionLine::name)
        .containsExactly(
            "failing", "suspended", "idle", "dead", "busy", "slower", "quiet", "draft");
    assertThat(slice.ill()).isEqualTo(4);
  }

  @Test
  void partsFollowEachOtherByNameWithoutLossOrRepetition() {
    List<AssertionLine> all = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      all.add(line("a%02d".formatted(i), Health.FIRING, i % 3));
    }
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      AssertionSlice slice = AssertionSlice.of(all, filter(Map.of()), after.get(), 5);
      slice.lines().forEach(line -> seen.add(line.name()));
      after = slice.next();
    }
    assertThat(seen).hasSize(23).doesNotHaveDuplicates();
  }

  @Test
  void everyOrderGoesOnWhereTheLastOneIsGone() {
    List<AssertionLine> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(line("a" + i, i < 4 ? Health.DEAD : Health.FIRING, i % 3));
    }
    for (AssertionOrder order : AssertionOrder.values()) {
      AssertionFilter filter = filter(Map.of("sort", order.name()));
      List<String> whole = names(all, Map.of("sort", order.name()));
      for (int size = 1; size < 9; size++) {
        AssertionSlice first = AssertionSlice.of(all, filter, "", size);
        String last = first.lines().getLast().name();
        List<AssertionLine> left = all.stream().filter(one -> !one.name().equals(last)).toList();
        AssertionSlice rest = AssertionSlice.of(left, filter, first.next().orElseThrow(), 9);
        assertThat(rest.lines())
            .as("%s behind %s", order, first.next())
            .extracting(AssertionLine::name)
            .containsExactlyElementsOf(whole.subList(size, 9));
        assertThat(rest.next()).isEmpty();
      }
    }
  }

  @Test
  void aPlaceIsReadAsItWasWritten() {
    for (AssertionPlace place :
        List.of(
            new AssertionPlace(-1.0 / 3, 1e-9, "", "a"),
            new AssertionPlace(-1.7e12, Double.MIN_VALUE, "team ~ \n two", "b"),
            new AssertionPlace(-0.0, Long.MIN_VALUE, "", "=c"))) {
      assertThat(AssertionPlace.read(place.written())).contains(place);
    }
    for (int judged = 1; judged < 2_000; judged++) {
      var place = new AssertionPlace(-1.0 / judged, (judged - 1.0) / judged, "", "a");
      assertThat(AssertionPlace.read(place.written())).contains(place);
    }
    assertThat(AssertionPlace.read("")).isEmpty();
    assertThatThrownBy(() -> AssertionPlace.read("flicker"))
        .hasMessage("after needs what a page before said, got 'flicker'");
    assertThatThrownBy(() -> AssertionPlace.read("NaN~0~a~"))
        .hasMessage("after needs what a page before said, got 'NaN~0~a~'");
  }

  @Test
  void filtersNarrowAndUnreadableOnesAreTold() {
    List<AssertionLine> all =
        List.of(line("flicker", Health.FIRING, 1), line("appear", Health.DEAD, 0));
    assertThat(names(all, Map.of("text", "FLICK"))).containsExactly("flicker");
    assertThat(names(all, Map.of("health", "dead"))).containsExactly("appear");
    assertThat(names(all, Map.of("stream", "lidar"))).isEmpty();
    assertThat(names(all, Map.of("mode", "shadow"))).isEmpty();
    AssertionFilter wrong = filter(Map.of("health", "fine", "range", "3y", "sort", "luck"));
    assertThat(wrong.problems()).containsExactly("health", "range", "sort");
    assertThat(AssertionSlice.of(all, wrong, "", 9).total()).isEqualTo(2);
    assertThat(filter(Map.of("text", "a b", "sort", "name")).query("after", "x"))
        .isEqualTo("?sort=name&text=a%20b&after=x");
  }

  @Test
  void noCellOfTheExportIsAFormula() {
    AssertionLine dangerous =
        new AssertionLine(
            "flicker",
            "=HYPERLINK(\"http://evil\",\"x\")",
            List.of("@stream"),
            "ACTIVE",
            Level.INFO,
            Health.FIRING,
            "+1",
            Optional.empty(),
            "-owner",
            List.of(),
            SOME_VIOLATED,
            20,
            Optional.empty(),
            new Reviews(9, 1, 0),
            Duration.ZERO);
    String row = AssertionsCsv.of(List.of(dangerous)).lines().toList().getLast();
    assertThat(row)
        .startsWith("flicker,\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",'@stream,active,")
        .contains(",'+1,", ",'-owner,", ",0.25,20,");
  }

  @Test
  void healthIsOfWhatWasJudgedAndFired() {
    assertThat(Health.of(AssertionState.ACTIVE, NOTHING, false, true)).isEqualTo(Health.IDLE);
    assertThat(Health.of(AssertionState.ACTIVE, ALL_HELD, false, false)).isEqualTo(Health.DEAD);
    assertThat(Health.of(AssertionState.SHADOW, ALL_HELD, false, true)).isEqualTo(Health.QUIET);
    assertThat(Health.of(AssertionState.SHADOW, SOME_VIOLATED, true, true))
        .isEqualTo(Health.FIRING);
    assertThat(Health.of(AssertionState.SUSPENDED, SOME_VIOLATED, true, true))
        .isEqualTo(Health.SUSPENDED);
  }

  @Test
  void theFunnelSaysWhereUnitsAreLost() {
    assertThat(Funnel.of(NOTHING, Health.IDLE).verdict()).isEqualTo("silent");
    assertThat(Funnel.of(new Counted(9, 0, 0, 0, 0, 0, 0), Health.IDLE).verdict())
        .isEqualTo("filtered");
    assertThat(Funnel.of(new Counted(9, 4, 0, 0, 0, 0, 0), Health.IDLE).verdict())
        .isEqualTo("waits");
    assertThat(Funnel.of(new Counted(9, 4, 0, 0, 0, 4, 0), Health.IDLE).verdict())
        .isEqualTo("undecided");
    assertThat(Funnel.of(ALL_HELD, Health.DEAD).verdict()).isEqualTo("holds");
    Funnel fires = Funnel.of(SOME_VIOLATED, Health.FIRING);
    assertThat(fires.verdict()).isEqualTo("fires");
    assertThat(fires.stages().getLast()).isEqualTo(new Funnel.Stage("violated", 20, "20.00"));
  }

  @Test
  void liftIsTheRateOfASliceByThatOfAll() {
    Slices slices =
        Slices.of(
            "expectation",
            Map.of(
                "often", new Counted(10, 10, 10, 6, 4, 0, 0),
                "seldom", new Counted(30, 30, 30, 26, 4, 0, 0),
                "nothing", NOTHING));
    assertThat(slices.slices())
        .extracting(Slices.Slice::value, Slices.Slice::shownLift)
        .containsExactly(tuple("often", "2.00"), tuple("seldom", "0.67"));
  }

  @Test
  void declaredSlicesAreHeldAgainstWhatWasJudgedByThem() {
    List<Slices> slices =
        Slices.declared(
            List.of(
                sliced("night", "true", new Counted(0, 0, 10, 6, 4, 0, 0)),
                sliced("night", "false", new Counted(0, 0, 30, 26, 4, 0, 0)),
                sliced("rain", "true", new Counted(0, 0, 20, 20, 0, 0, 0)),
                sliced("rain", "undecided", new Counted(0, 0, 0, 0, 0, 9, 0)),
                sliced("rain", "true", new Counted(0, 0, 20, 12, 8, 0, 0))));
    assertThat(slices).extracting(Slices::name).containsExactly("night", "rain");
    assertThat(slices.getFirst().slices())
        .extracting(Slices.Slice::value, Slices.Slice::shownLift)
        .containsExactly(tuple("true", "2.00"), tuple("false", "0.67"));
    assertThat(slices.getLast().slices())
        .as("where nothing was judged there is no rate")
        .extracting(Slices.Slice::value, Slices.Slice::shownLift)
        .containsExactly(tuple("true", "1.00"));
    assertThat(slices.getLast().isTelling()).isFalse();
    assertThat(sliced("night", "true", NOTHING).name()).isEqualTo("night");
    assertThat(sliced("night", "false", NOTHING).name()).isEqualTo("!night");
    assertThat(sliced("night", "undecided", NOTHING).name()).isEqualTo("night undecided");
  }

  private static Sliced sliced(String slice, String value, Counted counted) {
    return new Sliced("flicker", slice, value, 0, counted);
  }

  @Test
  void aCellIsAsHotAsItsRate() {
    assertThat(HeatMap.Cell.of(NOTHING).heat()).isEqualTo("none");
    assertThat(HeatMap.Cell.of(ALL_HELD).heat()).isEqualTo("h0");
    assertThat(HeatMap.Cell.of(SOME_VIOLATED).heat()).isEqualTo("h8");
    assertThat(HeatMap.Cell.of(new Counted(1, 1, 1, 0, 1, 0, 0)).heat()).isEqualTo("h9");
  }

  @Test
  void aVersionsCellIsOfTheStepsInWhichItWasTheNewest() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Period period = Period.of(Range.DAY, now, now);
    List<AssertionLine> lines = List.of(line("flicker", period), line("quiet", Health.QUIET, 0));
    var first = new RateQueries.Version("camera", "1", period.start().minusSeconds(9));
    var second = new RateQueries.Version("camera", "2", period.begin(20));
    var others = new RateQueries.Version("lidar", "7", period.begin(3));
    HeatMap map = HeatMap.byVersion(lines, List.of(first, others, second), period).orElseThrow();
    assertThat(map.columns()).extracting(HeatMap.Column::name).containsExactly("1", "2");
    assertThat(map.rows()).extracting(HeatMap.Row::name).containsExactly("flicker");
    assertThat(map.rows().getFirst().cells())
        .extracting(HeatMap.Cell::judged)
        .containsExactly(20 * 80L, 4 * 80L);
    assertThat(map.marks()).as("its columns are no times").isEmpty();
    assertThat(HeatMap.of(lines, List.of(first, others, second), period).marks())
        .extracting(Appeared::stream, Appeared::version, Appeared::step)
        .containsExactly(tuple("camera", "2", 20));
    assertThat(HeatMap.byVersion(lines, List.of(first, others), period))
        .as("of one version there is nothing to hold it against")
        .isEmpty();
  }

  /** Judged alike in each step. */
  private static AssertionLine line(String name, Period period) {
    AssertionLine line = line(name, Health.FIRING, 1);
    return new AssertionLine(
        name,
        "",
        line.streams(),
        line.mode(),
        line.level(),
        line.health(),
        "",
        Optional.empty(),
        "",
        Collections.nCopies(period.range().steps(), SOME_VIOLATED),
        line.counted(),
        1,
        line.last(),
        Reviews.none(),
        Duration.ZERO);
  }

  private static List<String> names(List<AssertionLine> all, Map<String, String> query) {
    return AssertionSlice.of(all, filter(query), "", 50).lines().stream()
        .map(AssertionLine::name)
        .toList();
  }

  private static AssertionFilter filter(Map<String, String> query) {
    return AssertionFilter.of(query);
  }

  private static AssertionLine line(String name, Health health, long violations) {
    return new AssertionLine(
        name,
        "",
        List.of("camera"),
        "ACTIVE",
        Level.WARNING,
        health,
        "",
        Optional.empty(),
        "",
        List.of(),
        SOME_VIOLATED,
        violations,
        violations == 0
            ? Optional.empty()
            : Optional.of(new Moment(Instant.parse("2026-03-01T12:00:00Z"))),
        Reviews.none(),
        Duration.ZERO);
  }
}
