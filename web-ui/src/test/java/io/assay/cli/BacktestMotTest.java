package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real detector on eight real videos: counts that an independent implementation found. */
class BacktestMotTest {
  private static final Path RULES =
      Path.of(System.getProperty("assay.root", ".."), "examples", "mot.assay");
  private static final int[] BOUNDS = {2, 4, 6, 11};

  @TempDir Path folder;

  /** Per T: flicker, frames inside gaps, appear. */
  @ParameterizedTest
  @CsvSource({
    "TUD-Campus, 71, 4 4 7, 6 8 14, 6 8 16, 9 27 12",
    "TUD-Stadtmitte, 179, 5 5 11, 9 14 16, 11 22 16, 12 24 18",
    "KITTI-13, 340, 40 36 140, 57 67 174, 66 93 179, 77 144 188",
    "ADL-Rundle-6, 525, 55 53 79, 86 116 110, 99 153 124, 111 220 143",
    "ADL-Rundle-8, 654, 192 150 168, 294 289 253, 325 335 312, 354 429 416",
    "ETH-Bahnhof, 1000, 179 159 249, 298 341 388, 336 413 468, 384 554 525",
    "ETH-Pedcross2, 837, 75 74 175, 130 182 259, 157 272 280, 180 392 319",
    "ETH-Sunnyday, 354, 52 47 52, 74 94 85, 79 111 100, 85 148 115"
  })
  void findsWhatWasFoundIndependently(
      String sequence, int frames, String t2, String t4, String t6, String t11) throws IOException {
    Path detections =
        Path.of(System.getProperty("assay.shared", "none"))
            .resolve("data/mot15/" + sequence + "/det_frcnn_sort.txt");
    assumeTrue(Files.exists(detections), () -> "reference data is absent: " + detections);
    Path events = events(detections, frames);

    String[] expected = {t2, t4, t6, t11};
    for (int i = 0; i < BOUNDS.length; i++) {
      assertThat(backtest(events, BOUNDS[i])).as("T = " + BOUNDS[i]).isEqualTo(expected[i]);
    }
  }

  private Path events(Path detections, int frames) throws IOException {
    CommandLineRun mot =
        CommandLineRun.of(
            "import", "mot", detections.toString(), "--frames", "" + frames, "--fps", "25");
    assertThat(mot.status()).isZero();
    return Files.writeString(folder.resolve("events.jsonl"), mot.out());
  }

  private static String backtest(Path events, int bound) {
    CommandLineRun run =
        CommandLineRun.of(
            "backtest",
            RULES.toString(),
            "--events",
            events.toString(),
            "--set",
            "T=" + bound,
            "--format",
            "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode flicker = assertion(run.out(), "flicker");
    JsonNode appear = assertion(run.out(), "appear");
    assertThat(flicker.get("items").size()).isEqualTo(flicker.get("violations").asInt());
    return "%s %s %s"
        .formatted(
            flicker.get("violations").asInt(),
            flicker.get("eventsFlagged").asInt(),
            appear.get("violations").asInt());
  }

  private static JsonNode assertion(String json, String name) {
    for (JsonNode assertion : JsonMapper.shared().readTree(json).get("assertions")) {
      if (assertion.get("name").asString().equals(name)) {
        return assertion;
      }
    }
    throw new AssertionError("no assertion " + name + " in " + json);
  }
}
