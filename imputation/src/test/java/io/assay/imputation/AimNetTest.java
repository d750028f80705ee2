package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.assay.imputation.Fitting.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What it fills in follows from the row, and it knows how sure it may be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AimNetTest {
  private final Table whole = Weather.table(600, 1);
  private final boolean[][] mask = Weather.mask(whole, 0.2, 2);
  private final Table gaps = Evaluation.hide(whole, mask);
  private AimNet imputer;

  @BeforeAll
  void fit() {
    imputer = Fitting.fit(gaps, Weather.schema(gaps), Form.CHOSEN, 3);
  }

  @Test
  void itFindsWhatFollows() {
    Evaluation found = Evaluation.of(imputer.fill(gaps), whole, mask);
    Evaluation mode =
        Evaluation.of(ModeImputer.fit(gaps, imputer.schema()).fill(gaps), whole, mask);
    assertThat(found.accuracy().orElseThrow()).isGreaterThan(0.88);
    assertThat(mode.accuracy().orElseThrow()).isLessThan(0.65);
    assertThat(found.nrmse().orElseThrow()).isLessThan(0.45);
    assertThat(mode.nrmse().orElseThrow()).isCloseTo(1, within(0.1));
    assertThat(found.calibrationError().orElseThrow()).isLessThan(0.05);
    assertThat(found.covered().orElseThrow()).isBetween(0.7, 0.9);
    assertThat(found.columns().keySet()).containsExactlyElementsOf(Weather.NAMES);
  }

  @Test
  void neighboursFindItToo() {
    NeighbourImputer neighbours = NeighbourImputer.fit(gaps, imputer.schema());
    Evaluation found = Evaluation.of(neighbours.fill(gaps), whole, mask);
    assertThat(found.accuracy().orElseThrow()).isGreaterThan(0.88);
    assertThat(found.nrmse().orElseThrow()).isLessThan(0.5);
  }

  @Test
  void theSameSeedGivesTheSameImputerAndAFileKeepsIt() {
    AimNet again = Fitting.fit(gaps, Weather.schema(gaps), Form.CHOSEN, 3);
    assertThat(again.bytes()).isEqualTo(imputer.bytes());
    AimNet read = AimNet.read(imputer.bytes());
    assertThat(read.fill(gaps)).isEqualTo(imputer.fill(gaps));
    assertThat(read.bytes()).isEqualTo(imputer.bytes());
    assertThat(read.card()).isEqualTo(imputer.card());
    AimNet other = Fitting.fit(gaps, Weather.schema(gaps), Form.CHOSEN, 4);
    assertThat(other.bytes()).isNotEqualTo(imputer.bytes());
  }

  @Test
  void aRowAloneIsFilledAsAmongOthers() {
    List<Guess> all = imputer.fill(gaps);
    RowFiller filler = imputer.filler();
    for (Guess among : all.subList(0, 100)) {
      List<String> row = gaps.row(among.row());
      Guess alone =
          imputer.fill(Table.of(gaps.names(), List.of(row))).stream()
              .filter(guess -> guess.column().equals(among.column()))
              .findFirst()
              .orElseThrow();
      put(row, filler);
      Guess served = filler.fill(imputer.schema().columns().indexOf(among.column()));
      for (Guess other : List.of(alone, served)) {
        assertThat(other.texts()).isEqualTo(among.texts());
        assertThat(other.confidence()).isEqualTo(among.confidence());
        assertThat(other.attention()).isEqualTo(among.attention());
      }
    }
    assertThatThrownBy(() -> filler.put(0, 1.0)).hasMessage("'season' needs a text, got a number");
    assertThatThrownBy(() -> filler.put(2, "warm"))
        .hasMessage("'degrees' needs a number, got a text");
  }

  private static void put(List<String> row, RowFiller filler) {
    filler.clear();
    for (int c : List.of(0, 1, 3)) {
      if (!row.get(c).isEmpty()) {
        filler.put(c, row.get(c));
      }
    }
    if (!row.get(2).isEmpty()) {
      filler.put(2, Double.parseDouble(row.get(2)));
    }
    for (int d = 0; d < 2; d++) {
      if (!row.get(4 + d).isEmpty()) {
        filler.put(4, d, Double.parseDouble(row.get(4 + d)));
      }
    }
  }

  @Test
  void itSaysWhichValuesItKnows() {
    for (Column column : imputer.schema().columns()) {
      List<String> known = imputer.knownValues(column);
      if (column instanceof Column.Numbers) {
        assertThat(known).isEmpty();
      } else {
        assertThat(known).isNotEmpty().doesNotHaveDuplicates().noneMatch(String::isEmpty);
      }
    }
    Column season = imputer.schema().columns().getFirst();
    assertThat(season.name()).isEqualTo("season");
    assertThat(imputer.knownValues(season)).contains("winter");
  }

  @Test
  void itSaysWhereItLooked() {
    Table row = Table.of(Weather.NAMES, List.of(List.of("", "", "", "yes", "", "")));
    Guess season = imputer.fill(row).get(0);
    assertThat(season.attention()).containsOnlyKeys("coat").containsEntry("coat", 1.0);
    Table other = Table.of(Weather.NAMES, List.of(List.of("winter", "", "3.5", "yes", "60", "30")));
    Guess sky = imputer.fill(other).get(0);
    assertThat(sky.column().name()).isEqualTo("sky");
    assertThat(sky.attention().keySet()).containsExactly("season", "degrees", "coat", "place");
    assertThat(sky.attention().values().stream().mapToDouble(w -> w).sum())
        .isCloseTo(1, within(1e-5));
    List<Column> columns = imputer.schema().columns();
    double sum = 0;
    for (Column column : columns) {
      sum += imputer.attention(columns.get(0), column);
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Test
  void whatIsUnknownOrAllGoneIsFilledFromWhatIsLeft() {
    Table rows =
        Table.of(
            Weather.NAMES,
            List.of(
                List.of("", "", "", "", "", ""), List.of("autumn", "", "1.0", "yes", "60", "30")));
    List<Guess> guesses = imputer.fill(rows);
    assertThat(guesses).hasSize(6);
    assertThat(guesses.subList(0, 5)).allMatch(guess -> guess.row() == 0);
    assertThat(guesses.get(0).attention()).isEmpty();
    Guess sky = guesses.get(5);
    assertThat(sky.texts()).containsExactly("cloudy");
    assertThat(sky.attention()).as("nobody knows autumn").doesNotContainKey("season");
  }

  @Test
  void itAbstainsWhereItIsNotSureEnough() {
    AimNet careful = imputer.abstainingBelow(0.9);
    List<Guess> guesses = careful.fill(gaps);
    assertThat(guesses).anyMatch(Guess::abstains).anyMatch(guess -> !guess.abstains());
    assertThat(guesses).allMatch(guess -> guess.abstains() == guess.confidence() < 0.9);
    assertThatThrownBy(() -> imputer.abstainingBelow(2))
        .hasMessage("a confidence is 0 to 1, got 2.0");
  }

  @Test
  void theCardSaysHowWellItDid() {
    assertThat(imputer.card().rows()).isEqualTo(600);
    assertThat(imputer.card().columns()).hasSize(5);
    for (Card.Score score : imputer.card().columns()) {
      assertThat(score.cells()).isBetween(60, 250);
      boolean isCategory = score.column() instanceof Column.Category;
      assertThat(isCategory ? score.score() - score.baseline() : score.baseline() - score.score())
          .as(score.column().name())
          .isGreaterThan(0.2);
    }
  }

  @Test
  void trainingEndsBetweenPassesWhenItIsTold() {
    var passes = new int[1];
    AimNet hurried =
        Fitting.fit(gaps, Weather.schema(gaps), Form.PLAIN, 3, pass -> ++passes[0] % 2 == 0);
    assertThat(hurried.fill(gaps)).hasSameSizeAs(imputer.fill(gaps));
    assertThat(passes[0]).isLessThan(10);
  }

  @Test
  void badInputIsSaid() {
    Table words = Table.of(List.of("a", "b"), List.of(List.of("1", "x"), List.of("one", "y")));
    Schema numbers =
        new Schema(List.of(new Column.Numbers("a"), new Column.Category("b")), List.of());
    assertThatThrownBy(() -> Fitting.fit(words, numbers, Form.PLAIN, 0))
        .hasMessage("row 2, column 'a': a number is needed, got 'one'");
    Table other = Table.of(List.of("season"), List.of(List.of("winter")));
    assertThatThrownBy(() -> imputer.fill(other))
        .hasMessage("a column 'sky' is needed, got season");
    byte[] bytes = imputer.bytes();
    assertThatThrownBy(() -> AimNet.read(Arrays.copyOf(bytes, 500)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AimNet.read(new byte[50]))
        .hasMessage("an imputer is needed, got something else");
    byte[] later = bytes.clone();
    later[16] = 7;
    assertThatThrownBy(() -> AimNet.read(later))
        .hasMessage("an imputer of version 1 to 3 is needed, got version 7");
  }

  /** Of two bits each alone says nothing of the third. */
  @Test
  void theValueDependentFormSeesWhatGoesTogether() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      int a = i & 1;
      int b = i >> 1 & 1;
      rows.add(List.of("a" + a, "b" + b, i % 5 == 0 ? "" : "c" + (a ^ b)));
    }
    Table table = Table.of(List.of("a", "b", "c"), rows);
    Schema schema = Schema.infer(table);
    AimNet dependent = Fitting.fit(table, schema, Form.VALUE_DEPENDENT, 0);
    assertThat(dependent.isValueDependent()).isTrue();
    assertThat(dependent.columnsWithNeighbours()).isEmpty();
    holdsAll(dependent.fill(table), table);
    AimNet chosen = Fitting.fit(table, schema, Form.CHOSEN, 0);
    assertThat(chosen.isValueDependent() || !chosen.columnsWithNeighbours().isEmpty()).isTrue();
    holdsAll(chosen.fill(table), table);
  }

  private static void holdsAll(List<Guess> guesses, Table table) {
    assertThat(guesses).hasSize(160);
    assertThat(guesses)
        .allMatch(
            guess -> {
              List<String> row = table.row(guess.row());
              boolean differ = row.get(0).charAt(1) != row.get(1).charAt(1);
              return guess.texts().equals(List.of(differ ? "c1" : "c0"));
            });
  }
}
