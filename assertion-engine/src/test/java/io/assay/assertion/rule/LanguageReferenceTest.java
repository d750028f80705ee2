package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference says what is: its tables are made of the catalogues. Run with {@code
 * -Dassay.golden=write} to write the tables anew.
 */
class LanguageReferenceTest {
  private static final Path DOCS =
      Path.of(System.getProperty("assay.root", ".."), "docs", "language");

  @Test
  void everyCodeIsExplained() throws IOException {
    String table =
        Arrays.stream(IssueCode.values())
            .map(
                c ->
                    "| [%s](messages/%s.md) | %s | %s |\n"
                        .formatted(c.code(), c.code(), c.severity(), c.meaning()))
            .collect(Collectors.joining());
    holds(
        "messages.md",
        "# Messages\n\n"
            + "A code keeps its meaning for ever. `./assay explain A0202` shows the page of"
            + " one.\n\n"
            + "| code | | meaning |\n"
            + "|---|---|---|\n"
            + table);
  }

  @Test
  void everyFunctionIsListed() throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (Overload overload : FunctionCatalogue.builtIn().all()) {
      if (Character.isLetter(overload.function().charAt(0))) {
        String[] signature = overload.signature().split(" → ", 2);
        String line = "`%s` → %s".formatted(signature[0], signature[1]);
        lines.merge(overload.function(), cell(line, overload), (all, more) -> all + "<br>" + more);
      }
    }
    String table =
        lines.entrySet().stream()
            .map(e -> "| `%s` | %s |\n".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    holds(
        "functions.md",
        "# Functions\n\n"
            + "A leading dot is a method: the first parameter stands before it, as in"
            + " `text.size()`. [More can be added](extend.md); `./assay functions` lists all that"
            + " are installed.\n\n"
            + "| function | takes and gives |\n"
            + "|---|---|\n"
            + table
            + statistics());
  }

  /** What no signature says. */
  private static final String STATISTICS =
      """

      What they come to:

      - **Bins.** `psi`, `js` and `chi_squared` of numbers count in ten bins, whose edges are \
      the tenths of the baseline's numbers, each edge once (fewer bins where numbers repeat); \
      of texts and conditions in a bin for each value that the baseline has, and one for all \
      others. In `psi` a bin that is empty on one side alone counts there as half an event. \
      `ks` takes every number by itself.
      - **Missing values** are in no bin and no number: hold how many they are against \
      something by `missing(x)`.
      - **Stated errors.** `median`, `quantile`, bins and `ks` are exact up to 2,048 different \
      numbers; with more, neighbouring numbers are counted together, about 0.5 % in rank for a \
      smooth distribution. `distinct` is exact up to 512, then off by 1.6 % in one standard \
      deviation.
      - **`median`** of a window is the least number that half of all do not exceed: one of \
      them, also where their number is even. `median` of a list lies half way between the two \
      in the middle.
      - **`deviation`** divides by n - 1; of a single number there is none.
      - **p-values** are asymptotic: rough for few events (`chi_squared_p` with fewer than \
      five expected in a bin). They are corrected over the segments of the window that have \
      `at least` enough and a value (under `across`, over the values of that segment), each \
      statistic by itself.
      """;

  private static String statistics() {
    Map<String, String> lines = new TreeMap<>();
    for (StatisticCatalogue.Signature statistic : StatisticCatalogue.builtIn().all()) {
      Overload overload = statistic.overload();
      String[] parts = overload.signature().split(" → ", 2);
      String signature =
          "`%s%s` → %s"
              .formatted(overload.function(), StatisticLifting.parameters(statistic), parts[1]);
      lines.merge(
          overload.function(), cell(signature, overload), (all, more) -> all + "<br>" + more);
    }
    return lines.entrySet().stream()
        .map(e -> "| `%s` | %s |\n".formatted(e.getKey(), e.getValue()))
        .collect(
            Collectors.joining(
                "",
                "\n## Statistics\n\n"
                    + "Over the events of a [window](clauses/window.md), its elements, or its"
                    + " pairs; events without the value are left out. A share is a constant; a"
                    + " baseline is `baseline(last 7d)`, `baseline(\"2026-06\")` for a window that"
                    + " was pinned, `baseline(\"may.jsonl\")` for a file beside the rules, or"
                    + " `baseline(version(\"3\"))` for a version of the model. Under"
                    + " [`across`](clauses/across.md) `min`, `max`, `mean`, `sum` and `median` also"
                    + " take a value of each segment: `min(mean(score))`.\n\n"
                    + "| statistic | takes and gives |\n"
                    + "|---|---|\n",
                STATISTICS
                    + "\n## In corrections\n\n"
                    + "Over the sightings of the identity around the violation:"
                    + " `majority(b.label)`, `median(b.score)`, `mean(b.score)`, and"
                    + " `interpolate(b.area)`, in time between the sightings before and after, for"
                    + " numbers, times, boxes and vectors. In a merge: `highest(score)`,"
                    + " `lowest(score)`.\n\n"
                    + "## Between releases\n\n"
                    + "`neighbours(k)` → double: the mean share of common k nearest neighbours"
                    + " ([`embeddings`](clauses/embeddings.md)).\n"));
  }

  private static String cell(String signature, Overload overload) {
    return overload.meaning().isEmpty() ? signature : signature + ": " + overload.meaning();
  }

  private static void holds(String page, String expected) throws IOException {
    Path file = DOCS.resolve(page);
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).isEqualTo(expected);
  }
}
