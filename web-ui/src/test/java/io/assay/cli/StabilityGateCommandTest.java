package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StabilityGateCommandTest {
  private static final String RULES =
      """
      model search "query expansion" owner "search" reads words
      model ranker reads words, others
      model apart
      embeddings words from topic "w" { item word string version release string vector 4 }
      embeddings others from topic "o" { item word string version release string vector 4 }
      assertion a on words { compare release with previous expect eis <= 0.1 }
      assertion b on others { compare release with previous expect eis <= 0.1 }
      """;

  @TempDir Path folder;
  private String old = "";
  private String turned = "";
  private String broken = "";

  @BeforeEach
  void embeddings() throws IOException {
    var random = new Random(1);
    var before = new StringBuilder();
    var after = new StringBuilder();
    var scrambled = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      double[] v = random.doubles(4).map(u -> random.nextGaussian()).toArray();
      line(before, i, v[0], v[1], v[2], v[3]);
      line(after, i, -v[1], v[0], v[2], v[3]);
      line(scrambled, i, random.doubles(4).map(u -> random.nextGaussian()).toArray());
    }
    old = file("old.txt", before.toString());
    turned = file("turned.txt", after.toString());
    broken = file("broken.txt", scrambled.toString());
  }

  private static void line(StringBuilder text, int item, double... vector) {
    text.append("w").append(item);
    for (double value : vector) {
      text.append(String.format(Locale.ROOT, " %.6f", value));
    }
    text.append('\n');
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aSpaceThatWasTurnedMayGoOn() {
    CommandLineRun run =
        run("--max-eis", "0.01", "--min-neighbours", "0.9", "--min-coverage", "1", old, turned);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("pass      eis", "pass      neighbours", "pass      coverage");
  }

  @Test
  void aSpaceThatIsAnotherMayNotAndWhoWouldBreakIsSaid() throws IOException {
    String rules = file("r.assay", RULES);
    CommandLineRun run =
        run(
            "--max-eis",
            "0.01",
            "--min-overlap",
            "0.01",
            "--rules",
            rules,
            "--embeddings",
            "words",
            old,
            broken);
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("fail      eis", "pass      overlap", "moved most: w")
        .contains("built on it: search (query expansion, owner search), ranker")
        .doesNotContain("apart");
  }

  @Test
  void filesOfAnotherDimensionThanDeclaredAreRefused() throws IOException {
    String rules = file("r.assay", RULES.replaceAll("vector +\\d+", "vector 7"));
    CommandLineRun run =
        run("--max-eis", "1", "--rules", rules, "--embeddings", "words", old, turned);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("the rules declare 'words' with 7 numbers, ");
  }

  @Test
  void machinesAreToldTheSame() throws IOException {
    String rules = file("r.assay", RULES);
    CommandLineRun run =
        run(
            "--max-eis",
            "0.01",
            "--format",
            "json",
            "--rules",
            rules,
            "--embeddings",
            "others",
            old,
            broken);
    assertThat(run.status()).isEqualTo(1);
    JsonNode said = JsonMapper.shared().readTree(run.out());
    assertThat(said.get("outcome").asString()).isEqualTo("fail");
    JsonNode eis = said.get("bounds").get(0);
    assertThat(eis.get("measure").asString()).isEqualTo("eis");
    assertThat(eis.get("max").asDouble()).isEqualTo(0.01);
    assertThat(eis.get("value").asDouble())
        .isBetween(eis.get("low").asDouble(), eis.get("high").asDouble());
    assertThat(said.get("moved")).hasSize(20);
    assertThat(said.get("models")).hasSize(1);
    assertThat(said.get("models").get(0).get("name").asString()).isEqualTo("ranker");
  }

  @Test
  void whatCannotBeToldIsNeither() throws IOException {
    String few = file("few.txt", "a 1 0\nb 0 1\nc 1 1\n");
    CommandLineRun run = run("--min-neighbours", "0.5", few, few);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).contains("undecided neighbours", "it is not defined for these two");
  }

  @Test
  void wrongUseIsSaid() throws IOException {
    String rules = file("r.assay", RULES);
    assertThat(run(old, broken).err()).contains("needs a bound, as in --max-eis 0.15; got none");
    assertThat(run("--max-eis", "-1", old, broken).err())
        .contains("a bound of eis needs to be 0 to 1, got -1.0");
    assertThat(run("--max-eis", "1", "--rules", rules, old, broken).err())
        .contains("--embeddings needs one of words, others, got nothing");
    assertThat(run("--max-eis", "1", "--embeddings", "x", old, broken).err())
        .contains("--embeddings names some of --rules; give those, too");
    assertThat(run("--max-eis", "1", old, broken, "--rules", rules, "--embeddings", "x").err())
        .contains("--embeddings needs one of words, others, got 'x'");
  }

  private static CommandLineRun run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "stability";
    all[1] = "gate";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandLineRun.of(all);
  }
}
