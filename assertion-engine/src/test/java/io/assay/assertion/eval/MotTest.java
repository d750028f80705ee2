package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pedestrian detector on eight street videos, with the counts that its data sheet states. */
class MotTest {
  private static final Path DATA = Path.of(System.getProperty("assay.shared", ""), "data/mot15");
  private static final Path RULES =
      Path.of(System.getProperty("assay.root", ""), "examples/mot.assay");
  private static final int[] BOUNDS = {2, 4, 6, 11};

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
  void findsWhatTheDataSheetStates(
      String sequence, int frames, String at2, String at4, String at6, String at11) {
    String[] expected = {at2, at4, at6, at11};
    for (int i = 0; i < BOUNDS.length; i++) {
      Trial trial = judged(sequence, frames, BOUNDS[i]);
      assertThat(
              "%d %d %d"
                  .formatted(
                      trial.found("flicker").size(),
                      framesInGaps(trial).size(),
                      trial.found("appear").size()))
          .as("flicker, frames, appear of %s at T = %d", sequence, BOUNDS[i])
          .isEqualTo(expected[i]);
      assertThat(trial.errors).isEmpty();
      assertThat(trial.violations).extracting(Violation::id).doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsTwoTracksThatVanishInOneFrameApart() {
    Map<String, Integer> frames =
        Map.of(
            "TUD-Campus", 71,
            "TUD-Stadtmitte", 179,
            "KITTI-13", 340,
            "ADL-Rundle-6", 525,
            "ADL-Rundle-8", 654,
            "ETH-Bahnhof", 1000,
            "ETH-Pedcross2", 837,
            "ETH-Sunnyday", 354);
    Set<String> ids = new HashSet<>();
    int all = 0;
    int lostByFirstEventAlone = 0;
    for (Map.Entry<String, Integer> sequence : frames.entrySet()) {
      List<Violation> flicker = judged(sequence.getKey(), sequence.getValue(), 4).found("flicker");
      Map<Long, Integer> byFirst = new HashMap<>();
      flicker.forEach(violation -> byFirst.merge(violation.from(), 1, Integer::sum));
      all += flicker.size();
      flicker.forEach(violation -> ids.add(sequence.getKey() + violation.id()));
      lostByFirstEventAlone += flicker.size() - byFirst.size();
    }
    assertThat(all).isEqualTo(954);
    assertThat(lostByFirstEventAlone).isEqualTo(156);
    assertThat(ids).hasSize(954);
  }

  private static Set<String> framesInGaps(Trial trial) {
    Set<String> ids = new HashSet<>();
    trial.found("flicker").forEach(v -> v.spanEvents().forEach(event -> ids.add(event.id())));
    return ids;
  }

  private static Trial judged(String sequence, int frames, int bound) {
    Path file = DATA.resolve(sequence).resolve("det_frcnn_sort.txt");
    assumeTrue(Files.exists(file), "needs the shared mot15 data at " + DATA);
    try {
      Trial trial = Trial.of(Files.readString(RULES), Map.of("T", Integer.toString(bound)));
      lines(file, frames).forEach(trial::judge);
      return trial.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file, int frames) throws IOException {
    List<StringBuilder> boxes = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      boxes.add(new StringBuilder());
    }
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(",", -1);
      StringBuilder list = boxes.get(Integer.parseInt(parts[0]) - 1);
      list.append(list.isEmpty() ? "" : ",")
          .append("{\"label\":\"pedestrian\",\"score\":%s,".formatted(parts[6]))
          .append("\"area\":[%s,%s,%s,%s]}".formatted(parts[2], parts[3], parts[4], parts[5]));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      lines.add(
          "{\"camera\":\"c\",\"at\":%d,\"frame\":%d,\"boxes\":[%s]}"
              .formatted(i * 100L, i + 1, boxes.get(i)));
    }
    return lines;
  }
}
