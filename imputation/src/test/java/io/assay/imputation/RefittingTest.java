package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.assay.imputation.Fitting.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An imputer goes on with what it knows, and takes a place only where it is better. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefittingTest {
  private final Table old = Evaluation.hide(Weather.table(500, 1), mask(500));
  private final Table recent = Evaluation.hide(changed(Weather.table(500, 2)), mask(500));
  private final Table held = changed(Weather.table(200, 3));
  private AimNet before;
  private AimNet after;

  private static boolean[][] mask(int rows) {
    return Weather.mask(Weather.table(rows, 1), 0.15, 7);
  }

  /** Degrees are Fahrenheit now, and every third winter is called frost. */
  private static Table changed(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> cells = new ArrayList<>(table.row(row));
      boolean isFrost = cells.get(0).equals("winter") && row % 3 == 0;
      cells.set(0, isFrost ? "frost" : cells.get(0));
      cells.set(2, "%.1f".formatted(Double.parseDouble(cells.get(2)) * 1.8 + 32));
      rows.add(cells);
    }
    return Table.of(table.names(), rows);
  }

  @BeforeAll
  void fit() {
    before = Fitting.fit(old, Weather.schema(old), Form.PLAIN, 0);
    after = Refitting.refit(before, recent, held, Weather.schema(recent), 1, pass -> true);
  }

  @Test
  void whatIsNewIsTakenUpAndWhatIsKnownKept() {
    ModeImputer mode = ModeImputer.fit(recent, Weather.schema(recent));
    Contest contest = Contest.of(after, Optional.of(before), mode, held, 5);
    assertThat(contest.outcome(0.01)).isEqualTo(Contest.Outcome.BETTER);
    assertThat(contest.candidateLoss()).isLessThan(contest.incumbentLoss() - 0.05);
    AimNet cold = Fitting.fit(recent, Weather.schema(recent), Form.PLAIN, 1);
    Contest beside = Contest.of(after, Optional.of(cold), mode, held, 5);
    assertThat(beside.candidateLoss()).isCloseTo(beside.incumbentLoss(), within(0.03));
    assertThat(contest.losses().keySet()).containsExactlyInAnyOrderElementsOf(Weather.NAMES);
    Table frost = Table.of(Weather.NAMES, List.of(List.of("frost", "", "34", "yes", "60", "30")));
    assertThat(after.fill(frost).get(0).texts()).containsExactly("cloudy");
    assertThat(after.card().rows()).isEqualTo(500);
    assertThat(after.card().columns()).allMatch(score -> score.cells() > 20);
    assertThat(
            Refitting.refit(before, recent, held, Weather.schema(recent), 1, pass -> true).bytes())
        .isEqualTo(after.bytes());
    assertThat(AimNet.read(after.bytes()).fill(recent)).isEqualTo(after.fill(recent));
  }

  /** Learning nearly nothing, answers are those of before, however columns are standardised. */
  @Test
  void beforeItLearnsItAnswersAsBefore() {
    Table shifted = Weather.table(40, 9);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < shifted.rows(); row++) {
      rows.add(shifted.row(row));
    }
    rows.removeIf(cells -> cells.get(0).equals("summer"));
    Table winter = Table.of(Weather.NAMES, rows);
    Schema schema = before.schema();
    AimNet carried = Refitting.carried(before, winter, schema, 1);
    Table asked = Evaluation.hide(shifted, Weather.mask(shifted, 0.3, 3));
    List<Guess> was = before.fill(asked);
    List<Guess> is = carried.fill(asked);
    assertThat(is).hasSameSizeAs(was);
    for (int i = 0; i < is.size(); i++) {
      switch (was.get(i)) {
        case Guess.OfCategory one ->
            assertThat(is.get(i).confidence()).isCloseTo(one.confidence(), within(1e-4));
        case Guess.OfNumbers one -> {
          for (int d = 0; d < one.estimates().size(); d++) {
            assertThat(((Guess.OfNumbers) is.get(i)).estimates().get(d).value())
                .isCloseTo(one.estimates().get(d).value(), within(1e-3));
          }
        }
      }
    }
  }

  @Test
  void columnsComeAndGo() {
    Schema few =
        Schema.of(
            List.of(
                new Column.Category("coat"), new Column.Numbers("lat"), new Column.Text("season")),
            recent);
    AimNet other = Refitting.refit(before, recent, held, few, 1, pass -> true);
    assertThat(other.schema().columns()).hasSize(3);
    Contest contest = Contest.of(other, Optional.of(before), ModeImputer.fit(recent, few), held, 5);
    assertThat(contest.losses().keySet()).containsExactlyInAnyOrder("coat", "lat", "season");
    Contest.Losses lat = Objects.requireNonNull(contest.losses().get("lat"));
    assertThat(lat.incumbent()).as("it knows the group, not the column").contains(lat.baseline());
    assertThat(lat.candidate()).isLessThan(0.6);
  }

  @Test
  void onlyABetterOneTakesThePlace() {
    ModeImputer mode = ModeImputer.fit(old, Weather.schema(old));
    Table past = Weather.table(200, 4);
    assertThat(Contest.of(before, Optional.empty(), mode, past, 0).outcome(0.01))
        .isEqualTo(Contest.Outcome.BETTER);
    assertThat(Contest.of(before, Optional.of(before), mode, past, 0).outcome(0))
        .isEqualTo(Contest.Outcome.NOT_BETTER_THAN_INCUMBENT);
    assertThat(Contest.of(mode, Optional.empty(), mode, past, 0).outcome(0))
        .isEqualTo(Contest.Outcome.NOT_BETTER_THAN_BASELINE);
    assertThat(Contest.of(before, Optional.empty(), mode, Weather.table(20, 4), 0).outcome(0))
        .isEqualTo(Contest.Outcome.TOO_FEW_CELLS);
    assertThatThrownBy(
            () -> Contest.of(before, Optional.empty(), mode, past, 0).outcome(Double.NaN))
        .hasMessage("a margin is 0 or more, got NaN");
  }

  @Test
  void itSaysHowFarItIsAndKeepsToItsTime() {
    List<Pass> passes = new ArrayList<>();
    Fitting.fit(old, Weather.schema(old), Form.PLAIN, 0, pass -> passes.add(pass));
    assertThat(passes)
        .hasSize(80)
        .isSortedAccordingTo((a, b) -> Double.compare(a.share(), b.share()));
    assertThat(passes.get(79)).extracting(Pass::share, Pass::rows).containsExactly(1.0, 500);
    assertThat(passes.get(79).loss()).isLessThan(passes.get(60).loss());
    long[] now = {0};
    passes.clear();
    var budget = new Budget(Duration.ofNanos(400), () -> now[0]);
    Fitting.fit(
        old,
        Weather.schema(old),
        Form.PLAIN,
        0,
        pass -> {
          now[0] += 30;
          passes.add(pass);
          return budget.test(pass);
        });
    assertThat(now[0]).isBetween(370L, 400L);
    for (int training = 1; training <= 4; training++) {
      int one = training;
      assertThat(passes.stream().filter(pass -> pass.training() == one).count()).isBetween(3L, 4L);
    }
  }
}
