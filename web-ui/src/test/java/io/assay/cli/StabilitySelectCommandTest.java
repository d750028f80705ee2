package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StabilitySelectCommandTest {
  private static final Path PAIRS =
      Path.of(System.getProperty("assay.shared", "../../shared"), "data/eis/sentiment/pairs.csv");

  /** What was measured on word vectors: EIS, neighbours, displacement, PIP loss, overlap. */
  private static final Map<String, double[]> CORRELATIONS =
      Map.of(
          "svd", new double[] {.941, .627, .953, .858, .953},
          "cbow", new double[] {.657, .615, .647, .242, .437});

  @TempDir Path folder;

  @Test
  void theTableOfWordVectorsComesOut() throws IOException {
    assumeTrue(Files.exists(PAIRS), "the word vectors are not there: " + PAIRS);
    CommandLineRun run =
        CommandLineRun.of("stability", "select", PAIRS.toString(), "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    for (JsonNode kind : new JsonMapper().readTree(run.out()).get("kinds")) {
      double[] expected = CORRELATIONS.getOrDefault(kind.get("algo").asString(), new double[0]);
      for (int i = 0; i < expected.length; i++) {
        JsonNode measure = kind.get("measures").get(i);
        assertThat(measure.get("spearman").asDouble())
            .as("%s %s", kind.get("algo"), measure.get("measure"))
            .isCloseTo(expected[i], within(0.0006));
        assertThat(measure.get("pairError").asDouble()).isBetween(0.0, 0.5);
        assertThat(measure.get("budgetError").asDouble()).isNotNegative();
      }
    }
  }

  @Test
  void aMemoryIsFilledByTheStablestSetting() throws IOException {
    CommandLineRun run =
        run("dim,bits,eis,overlap\n8,32,0.1,0.9\n16,8,0.2,0.99\n8,4,0.3,0.5\n", "--memory", "128");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "within 128 bits EIS chooses 16 dimensions of 8 bits",
            "within 128 bits overlap chooses 16 dimensions of 8 bits");
    assertThat(run("dim,bits,eis\n8,32,0.1\n", "--memory", "1").out())
        .contains("EIS chooses nothing: all are larger");
  }

  @Test
  void aTableThatIsNoneIsRefused() throws IOException {
    assertThat(run("dim,bits,eis\n8,32,0.1\n").status()).isEqualTo(2);
    assertThat(run("dim,bits,dis_a\n8,32,0.1\n").err()).contains("needs a measure (eis, eis_a3,");
    assertThat(run("dim,bits,eis,dis_a\n8,32,0.1\n").err())
        .contains("setting 1 needs 4 cells, got 3");
    assertThat(run("dim,bits,eis,dis_a\n8,32,x,1\n2,2,1,1\n").err())
        .contains("column 'eis' of setting '8,32,x,1' needs a finite number, got 'x'");
    assertThat(run("").err()).contains("needs a line of names and a setting, got none");
  }

  private CommandLineRun run(String table, String... more) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, table);
    String[] words = new String[3 + more.length];
    words[0] = "stability";
    words[1] = "select";
    words[2] = file.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandLineRun.of(words);
  }
}
