package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.stability.file.EmbeddingFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference pairs beside the project, with what must come out of each and how exactly. */
final class GoldenCases {
  private static final Path FOLDER =
      Path.of(System.getProperty("assay.shared", "../../shared"), "data/eis/vectors");

  private GoldenCases() {}

  static List<JsonNode> all() throws IOException {
    Path manifest = FOLDER.resolve("manifest.json");
    assumeTrue(Files.exists(manifest), "the reference pairs are not there: " + manifest);
    List<JsonNode> cases = new ArrayList<>();
    new JsonMapper().readTree(Files.readString(manifest)).get("cases").forEach(cases::add);
    return cases;
  }

  static String name(JsonNode one) {
    return one.get("name").asString();
  }

  static Embedding embedding(JsonNode one, String key) {
    try (InputStream in = Files.newInputStream(FOLDER.resolve(one.get(key).asString()))) {
      return EmbeddingFile.read(in).embedding();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pair itself where the manifest names its files, so that both ways are tried. */
  static Anchors anchors(JsonNode one) {
    boolean pair =
        one.get("E").asString().equals(one.get("X").asString())
            && one.get("Et").asString().equals(one.get("Xt").asString());
    return pair ? Anchors.pair() : Anchors.of(embedding(one, "E"), embedding(one, "Et"));
  }

  static Settings settings(JsonNode one) {
    Settings settings =
        Settings.usual()
            .withAlpha(one.get("alpha").asDouble())
            .withNeighbours(one.get("knn_k").asInt());
    int[] queries = new int[one.get("n").asInt()];
    Arrays.setAll(queries, i -> i);
    JsonNode given = one.get("knn_queries");
    if (given.isArray()) {
      queries = new int[given.size()];
      Arrays.setAll(queries, i -> given.get(i).asInt());
    }
    return settings.withQueries(queries);
  }

  static void check(JsonNode one, String measure, double got) {
    JsonNode expected = one.get("expected").get(measure);
    if (expected.isNull()) {
      return;
    }
    double value = expected.asDouble();
    double tolerance = one.get("tolerance").get(measure).asDouble();
    double allowed =
        measure.equals("pip_loss")
            ? tolerance * Math.abs(value) + 1e-12 * one.get("pip_scale").asDouble()
            : tolerance * Math.max(1, Math.abs(value));
    assertThat(Math.abs(got - value))
        .as("%s of %s: %s, expected %s", measure, name(one), got, value)
        .isLessThanOrEqualTo(allowed);
  }
}
