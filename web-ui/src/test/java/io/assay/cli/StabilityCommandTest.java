package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StabilityCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path GOLDEN =
      Path.of(System.getProperty("assay.shared", "../../shared"), "data/eis/vectors");

  @TempDir Path folder;

  @BeforeEach
  void writePair() throws IOException {
    Files.writeString(
        folder.resolve("old.txt"), "king 2 1\nqueen 2 -1\ncat -3 1\ndog -3 -1\ncar 0 4\n");
    // turned by a quarter, the cat elsewhere, the car gone
    Files.writeString(
        folder.resolve("new.txt"), "4 2\ndog 1 -3\nking -1 2\nqueen 1 2\ncat -3 -1.5\n");
  }

  @Test
  void theItemThatMovedIsNamed() throws IOException {
    CommandLineRun run = run("--neighbours", "1", "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode answer = JSON.readTree(run.out());
    assertThat(answer.propertyNames())
        .startsWith(
            "eis", "neighbours", "displacement", "pip", "overlap", "rank", "condition", "moved");
    assertThat(answer.get("moved").get(0).get("item").asString()).isEqualTo("cat");
    assertThat(answer.get("moved")).hasSize(4);
    assertThat(answer.get("rows").asInt()).isEqualTo(4);
    assertThat(answer.get("items").asInt()).isEqualTo(5);
    assertThat(answer.get("rank").toString()).isEqualTo("[2,2]");
    assertThat(answer.get("precise").asBoolean()).isTrue();
  }

  @Test
  void peopleReadWhatEachMeasureSays() {
    CommandLineRun run = run("--neighbours", "1");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("4 of 5 items, 2 and 2 dimensions, rank 2 and 2, condition")
        .contains("EIS", "neighbours", "displacement", "PIP loss", "overlap", "moved most: cat (");
  }

  @Test
  void ofTheItemsThatMovedMostTheNeighboursAreTold() throws IOException {
    CommandLineRun text = run("--neighbours", "1", "--near", "2");
    assertThat(text.status()).as(text.err()).isZero();
    assertThat(text.out())
        .contains(
            "near cat, 1 of 1 stayed\n  before: dog (0.8000)\n  now:    dog (0.1414)\n",
            "near queen, ");
    JsonNode near =
        JSON.readTree(run("--neighbours", "2", "--near", "1", "--format", "json").out())
            .get("near");
    assertThat(near).hasSize(1);
    assertThat(near.get(0).get("item").asString()).isEqualTo("cat");
    assertThat(near.get(0).get("before")).hasSize(2);
    JsonNode first = near.get(0).get("before").get(0);
    assertThat(first.get("item").asString()).isEqualTo("dog");
    assertThat(first.get("cosine").asDouble()).isCloseTo(0.8, within(1e-12));
    assertThat(JSON.readTree(run("--format", "json").out()).has("near")).isFalse();
  }

  @Test
  void howManyAreToldIsBounded() {
    CommandLineRun wrong = run("--near", "1001");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--near needs 0 to 1,000, got 1001");
  }

  @Test
  void queriesAreNamesOrRows() throws IOException {
    Path queries = folder.resolve("queries.txt");
    Files.writeString(queries, "king\nqueen\n");
    CommandLineRun run =
        run("--neighbours", "1", "--queries", queries.toString(), "--format", "json");
    assertThat(JSON.readTree(run.out()).get("neighbours").asDouble()).isEqualTo(1);
    Files.writeString(queries, "car\n");
    CommandLineRun gone = run("--queries", queries.toString());
    assertThat(gone.status()).isEqualTo(3);
    assertThat(gone.err()).contains("queries need items that both have, or rows, got 'car'");
  }

  @Test
  void aBatchGoesOnBehindWhatFails() throws IOException {
    Path jobs = folder.resolve("jobs.jsonl");
    Files.writeString(
        jobs,
        """
        {"name":"first","X":"old.txt","Xt":"old.txt","E":"old.txt","Et":"old.txt","alpha":2,"knn_k":2,"knn_queries":"all"}
        {"name":"second","X":"old.txt","Xt":"gone.npy"}

        {"name":"third","X":"old.txt"}
        nonsense
        {"name":"last","X":"old.txt","Xt":"new.txt","knn_k":1,"knn_queries":[0,1],"note":"other keys are not read"}
        """);
    CommandLineRun run = CommandLineRun.of("stability", "compare", "--batch", jobs.toString());
    assertThat(run.status()).isEqualTo(3);
    List<JsonNode> answers = run.out().lines().map(JSON::readTree).toList();
    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).get("name").asString()).isEqualTo("first");
    assertThat(answers.get(0).get("eis").asDouble()).isLessThan(1e-15);
    assertThat(answers.get(1).get("error").asString()).startsWith("no such file or folder: ");
    assertThat(answers.get(2).get("error").asString())
        .isEqualTo("a job needs a file 'Xt', got none");
    assertThat(answers.get(3).get("error").asString()).startsWith("no JSON object: ");
    assertThat(answers.get(4).get("neighbours").asDouble()).isEqualTo(1);
    assertThat(run.err())
        .contains("jobs.jsonl:2: error: ", "jobs.jsonl:4: error: ", "jobs.jsonl:5: error: ");
  }

  @Test
  void wrongUseIsSaid() {
    Map<List<String>, String> wrong =
        Map.of(
            List.of("stability", "compare", "a"), "needs two embeddings or --batch, got 1",
            List.of("stability", "compare", "a", "b", "--alpha", "-1"),
                "alpha needs to be 0 or more",
            List.of("stability", "compare", "a", "b", "--batch", "c"),
                "give no others, and no --near, beside it");
    wrong.forEach(
        (words, message) -> {
          CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
          assertThat(run.status()).as("%s", words).isEqualTo(2);
          assertThat(run.err()).contains(message);
        });
  }

  @Test
  void aFileThatIsNoEmbeddingIsNamed() throws IOException {
    Files.writeString(folder.resolve("new.txt"), "king 1 x\n");
    CommandLineRun run = run();
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "assay: %s: line 1: a number is needed, got 'x'\n"
                .formatted(folder.resolve("new.txt")));
  }

  @Test
  void theReferencePairsComeOutOfABatch() throws IOException {
    assumeTrue(Files.exists(GOLDEN), "the reference pairs are not there: " + GOLDEN);
    List<JsonNode> cases = new ArrayList<>();
    JSON.readTree(Files.readString(GOLDEN.resolve("manifest.json")))
        .get("cases")
        .forEach(cases::add);
    Path jobs = folder.resolve("jobs.jsonl");
    List<String> lines = new ArrayList<>();
    for (JsonNode one : cases) {
      String line = one.toString();
      lines.add(line.replaceAll("\"(m_[^\"]+npy)\"", "\"" + GOLDEN.toAbsolutePath() + "/$1\""));
    }
    Files.write(jobs, lines);
    CommandLineRun run = CommandLineRun.of("stability", "compare", "--batch", jobs.toString());
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> answers = run.out().lines().map(JSON::readTree).toList();
    assertThat(answers).hasSameSizeAs(cases);
    Map<String, String> keys =
        Map.of(
            "eis",
            "eis",
            "eigenspace_overlap",
            "overlap",
            "sem_disp",
            "displacement",
            "knn",
            "neighbours");
    for (int i = 0; i < cases.size(); i++) {
      JsonNode one = cases.get(i);
      JsonNode answer = answers.get(i);
      assertThat(answer.get("name")).isEqualTo(one.get("name"));
      keys.forEach((expected, key) -> check(one, expected, answer.get(key)));
    }
  }

  private static void check(JsonNode one, String measure, JsonNode got) {
    JsonNode expected = one.get("expected").get(measure);
    if (!expected.isNull()) {
      double tolerance = one.get("tolerance").get(measure).asDouble();
      assertThat(Math.abs(got.asDouble() - expected.asDouble()))
          .as("%s of %s", measure, one.get("name"))
          .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected.asDouble())));
    }
  }

  private CommandLineRun run(String... more) {
    List<String> words = new ArrayList<>(List.of("stability", "compare"));
    words.add(folder.resolve("old.txt").toString());
    words.add(folder.resolve("new.txt").toString());
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }
}
