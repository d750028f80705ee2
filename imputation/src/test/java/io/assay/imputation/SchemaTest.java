package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.imputation.Fitting.Form;
import io.assay.imputation.Schema.LeftOut;
import io.assay.imputation.Schema.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nothing can be learned of is said, not guessed; many values are not too many. */
class SchemaTest {
  private static final List<String> NAMES =
      List.of("id", "nothing", "same", "city", "code", "area", "remark");

  /** 120 cities, three rows each, of which the code says which; remarks are mostly of one kind. */
  private static Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 360; i++) {
      int city = i % 120;
      rows.add(
          List.of(
              "row-" + i,
              "",
              "eur",
              "city-" + city,
              "code-" + city,
              Integer.toString(100 + city),
              i % 4 == 0 ? "remark " + i / 2 : "none"));
    }
    return Table.of(NAMES, rows);
  }

  @Test
  void columnsAreWhatTheirValuesLookLike() {
    Schema schema = Schema.infer(table());
    assertThat(schema.leftOut())
        .containsExactlyInAnyOrder(
            new LeftOut("id", Reason.IDENTIFIER),
            new LeftOut("nothing", Reason.EMPTY),
            new LeftOut("same", Reason.CONSTANT));
    assertThat(schema.columns())
        .containsExactly(
            new Column.Category("city"),
            new Column.Category("code"),
            new Column.Numbers("area"),
            new Column.Category("remark"));
  }

  @Test
  void whatIsAskedForAndCannotBeLearnedIsLeftOutToo() {
    Schema schema =
        Schema.of(
            List.of(
                new Column.Numbers("nothing"), new Column.Text("id"), new Column.Category("same")),
            table());
    assertThat(schema.columns()).isEmpty();
    assertThat(schema.leftOut()).hasSize(3);
    assertThatThrownBy(() -> Fitting.fit(table(), schema, Form.PLAIN, 0))
        .hasMessageStartingWith("an imputer needs a column to learn of, got [LeftOut[");
    Table gone = Table.of(List.of("a", "b"), List.of(List.of("", ""), List.of("", "")));
    assertThat(Schema.infer(gone).leftOut()).extracting(LeftOut::reason).containsOnly(Reason.EMPTY);
    assertThatThrownBy(
            () ->
                new Schema(
                    List.of(new Column.Category("a"), new Column.Numbers("g", List.of("b", "a"))),
                    List.of()))
        .hasMessage("the column 'a' is in the schema twice");
  }

  /** With 120 candidates all are weighed; none is left out of the softmax. */
  @Test
  void manyCandidatesAreAllWeighed() {
    Table whole = table();
    boolean[][] mask = new boolean[whole.rows()][NAMES.size()];
    for (int row = 0; row < whole.rows(); row += 7) {
      mask[row][3] = true;
    }
    Table gaps = Evaluation.hide(whole, mask);
    Schema schema =
        Schema.of(List.of(new Column.Category("city"), new Column.Category("code")), gaps);
    AimNet imputer = Fitting.fit(gaps, schema, Form.PLAIN, 0);
    List<Guess> guesses = imputer.fill(gaps);
    assertThat(Evaluation.of(guesses, whole, mask).accuracy().orElseThrow()).isGreaterThan(0.95);
    assertThat(guesses).allMatch(guess -> ((Guess.OfCategory) guess).candidates().size() == 5);
  }

  /** The commonest 500 are answers; others are seen by their hashes. */
  @Test
  void ofATextRareValuesAreNoAnswers() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 1400; i++) {
      boolean isRare = i % 2 == 0;
      rows.add(List.of(isRare ? "rare " + i / 2 : "text " + i % 400, isRare ? "r" : "c"));
    }
    Table table = Table.of(List.of("text", "kind"), rows);
    Schema schema = Schema.of(List.of(new Column.Text("text"), new Column.Category("kind")), table);
    AimNet imputer = Fitting.fit(table, schema, Form.PLAIN, 0, pass -> false);
    Table asked =
        Table.of(
            List.of("text", "kind"),
            List.of(List.of("", "c"), List.of("never seen", ""), List.of("", "")));
    List<Guess> guesses = imputer.fill(asked);
    assertThat(guesses).hasSize(4);
    Set<String> known =
        rows.stream().map(row -> row.get(0)).limit(1400).collect(Collectors.toSet());
    assertThat(((Guess.OfCategory) guesses.get(0)).candidates())
        .allMatch(candidate -> known.contains(candidate.value()));
    assertThat(guesses.get(1).column().name()).isEqualTo("kind");
    assertThat(guesses.get(1).attention()).as("it is seen by its hash").containsOnlyKeys("text");
    Codebook.Known entry = (Codebook.Known) imputer.codebook().entry(0);
    assertThat(entry.values()).hasSize(500).contains("text 1", "text 399");
    assertThat(entry.code("never seen")).isBetween(501, 564);
    assertThat(entry.code("rare 699")).isBetween(501, 564);
  }
}
