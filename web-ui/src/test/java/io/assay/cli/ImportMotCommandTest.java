package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportMotCommandTest {
  private static final Pattern BOX = Pattern.compile("\"label\":\"pedestrian\"");

  @TempDir Path folder;

  @Test
  void printsOneEventAFrameAlsoWhereNothingWasSeen() throws IOException {
    Path file =
        file(
            "1,-1,10.5,20,30,40,0.9,-1,-1,-1\n3,-1,1,2,3,4,0.25,-1,-1,-1\n3,-1,5,6,7,8,1,-1,-1,-1\n");

    CommandLineRun run = mot(file, "--frames", "4", "--fps", "30", "--camera", "c1");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            {"camera":"c1","at":0,"frame":1,"boxes":[{"label":"pedestrian","score":0.9,"area":[10.5,20.0,30.0,40.0]}]}
            {"camera":"c1","at":33,"frame":2,"boxes":[]}
            {"camera":"c1","at":67,"frame":3,"boxes":[{"label":"pedestrian","score":0.25,"area":[1.0,2.0,3.0,4.0]},{"label":"pedestrian","score":1.0,"area":[5.0,6.0,7.0,8.0]}]}
            {"camera":"c1","at":100,"frame":4,"boxes":[]}
            """);
  }

  @Test
  void timesDoNotDrift() throws IOException {
    CommandLineRun run = mot(file(""), "--frames", "30001", "--fps", "30");

    assertThat(run.out().lines().skip(30_000))
        .singleElement()
        .asString()
        .contains("\"at\":1000000,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1772352000000", "2026-03-01T08:00:00Z", "2026-03-01T09:00:00+01:00"})
  void startsAtEpochMillisecondsOrRfc3339(String start) throws IOException {
    CommandLineRun run = mot(file(""), "--frames", "1", "--fps", "25", "--start", start);

    assertThat(run.out()).contains("\"at\":1772352000000,");
  }

  @Test
  void saysWhichLinesAreBadAndPrintsNothing() throws IOException {
    Path file =
        file(
            "1,-1,1,2,3,4,0.9\n1,-1,1,2,3\n\n1,-1,x,2,3,4,0.9\n9,-1,1,2,3,4,0.9\n1,-1,1,2,3,4,NaN\n1.5,-1,1,2,3,4,1\n");

    CommandLineRun run = mot(file, "--frames", "8", "--fps", "30");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            file
                + ":2: error: expected 7 values or more (frame, id, x, y, width, height, score), got 5",
            file + ":4: error: x (column 3) must be a finite number, got 'x'",
            file + ":5: error: frame must be a whole number in 1 .. 8, got '9'",
            file + ":6: error: score (column 7) must be a finite number, got 'NaN'",
            file + ":7: error: frame must be a whole number in 1 .. 8, got '1.5'",
            "assay: nothing printed, bad lines: 5");
  }

  @ParameterizedTest
  @CsvSource({"--frames,0", "--frames,many", "--fps,0", "--fps,NaN", "--start,yesterday"})
  void refusesOptionsThatMakeNoSense(String option, String value) throws IOException {
    CommandLineRun run = mot(file(""), "--frames", "1", "--fps", "1");
    CommandLineRun wrong =
        option.equals("--frames")
            ? mot(file(""), "--fps", "1", option, value)
            : mot(file(""), "--frames", "1", option, value);

    assertThat(run.status()).isZero();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains(option);
  }

  @ParameterizedTest
  @CsvSource({
    "TUD-Campus, 71, 321",
    "TUD-Stadtmitte, 179, 951",
    "KITTI-13, 340, 945",
    "ADL-Rundle-6, 525, 4325",
    "ADL-Rundle-8, 654, 5203",
    "ETH-Bahnhof, 1000, 6209",
    "ETH-Pedcross2, 837, 4600",
    "ETH-Sunnyday, 354, 2176"
  })
  void keepsEveryFrameAndBoxOfRealDetections(String sequence, int frames, int boxes) {
    Path file =
        Path.of(
            System.getProperty("assay.shared", "none"),
            "data/mot15",
            sequence,
            "det_frcnn_sort.txt");
    assumeTrue(Files.exists(file), () -> "reference data is absent: " + file);

    CommandLineRun run = mot(file, "--frames", String.valueOf(frames), "--fps", "30");

    assertThat(run.status()).isZero();
    List<String> events = run.out().lines().toList();
    assertThat(events).hasSize(frames);
    assertThat(BOX.matcher(run.out()).results().count()).isEqualTo(boxes);
    assertThat(events).allMatch(event -> event.startsWith("{\"camera\":\"camera\",\"at\":"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("det.txt"), text);
  }

  private static CommandLineRun mot(Path file, String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "import";
    args[1] = "mot";
    args[2] = file.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return CommandLineRun.of(args);
  }
}
