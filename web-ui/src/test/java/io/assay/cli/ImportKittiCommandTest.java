package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportKittiCommandTest {
  private static final String CAMERA = "0,10,20,40.5,60,0.9\n2,1,2,3,4,0.5\n2,5,6,9,8,1.000000\n";
  private static final String LIDAR =
      """
      0,2,10,20,40,60,12.5,1.5,1.6,4.2,-2.0,1.0,2.0,1.54,2.01
      1,1,1,2,3,4,-0.5,1.7,0.6,0.8,3,0,4,0,0
      1,3,1,2,3,4,0.25,1.7,0.6,1.8,0,0,12.5,0,0
      """;

  @TempDir Path folder;

  @Test
  void writesAnEventAFrameOfEachSensorAlsoWhereNothingWasSeen() throws IOException {
    CommandLineRun run = kitti(CAMERA, LIDAR, "--frames", "4", "--fps", "10", "--vehicle", "k8");

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("4 frames; camera.jsonl: 3 boxes, lidar.jsonl: 3 boxes\n");
    assertThat(out("camera.jsonl"))
        .isEqualTo(
            """
            {"vehicle":"k8","at":0,"frame":0,"boxes":[{"label":"car","score":0.9,"area":[10.0,20.0,30.5,40.0]}]}
            {"vehicle":"k8","at":100,"frame":1,"boxes":[]}
            {"vehicle":"k8","at":200,"frame":2,"boxes":[{"label":"car","score":0.5,"area":[1.0,2.0,2.0,2.0]},{"label":"car","score":1.0,"area":[5.0,6.0,4.0,2.0]}]}
            {"vehicle":"k8","at":300,"frame":3,"boxes":[]}
            """);
    assertThat(out("lidar.jsonl"))
        .isEqualTo(
            """
            {"vehicle":"k8","at":0,"frame":0,"boxes":[{"label":"car","score":12.5,"area":[10.0,20.0,30.0,40.0],"distance":3.0}]}
            {"vehicle":"k8","at":100,"frame":1,"boxes":[{"label":"pedestrian","score":-0.5,"area":[1.0,2.0,2.0,2.0],"distance":5.0},{"label":"cyclist","score":0.25,"area":[1.0,2.0,2.0,2.0],"distance":12.5}]}
            {"vehicle":"k8","at":200,"frame":2,"boxes":[]}
            {"vehicle":"k8","at":300,"frame":3,"boxes":[]}
            """);
    assertThat(written()).containsExactly("camera.jsonl", "lidar.jsonl");
  }

  @Test
  void takesFilesThatAreNotInTheOrderOfFrames() throws IOException {
    kitti(
        "2,1,2,3,4,0.5\n0,10,20,40.5,60,0.9\n2,5,6,9,8,1.000000\n", LIDAR, "--frames=4", "--fps=3");
    String mixed = out("camera.jsonl");

    kitti(CAMERA, LIDAR, "--frames=4", "--fps=3");

    assertThat(mixed).isEqualTo(out("camera.jsonl")).contains("\"at\":333,", "\"at\":667,");
  }

  @ParameterizedTest
  @CsvSource({
    "Car, car",
    "Van, van",
    "Person_sitting, person_sitting",
    "cyclist, cyclist",
    "1, pedestrian",
    "' 2.0 ', car"
  })
  void acceptsTypesByNumberAndByName(String type, String label) throws IOException {
    CommandLineRun run =
        kitti("", "0," + type + ",1,2,3,4,1,1,1,1,1,1,1,1,1\n", "--frames=1", "--fps=1");

    assertThat(run.status()).isZero();
    assertThat(out("lidar.jsonl")).contains("\"label\":\"" + label + "\"");
  }

  @Test
  void callsTheCamerasBoxesWhatItIsTold() throws IOException {
    kitti(CAMERA, LIDAR, "--frames=3", "--fps=10", "--camera-label", "pedestrian");

    assertThat(out("camera.jsonl")).contains("\"label\":\"pedestrian\"").doesNotContain("car");
  }

  @Test
  void saysWhichLinesOfBothFilesAreBadAndLeavesTheFolderAsItWas() throws IOException {
    kitti(CAMERA, LIDAR, "--frames=4", "--fps=10");
    String before = out("camera.jsonl");

    CommandLineRun run =
        kitti(
            """
            0,1,2,3,4

            0,1,2,x,4,1
            4,1,2,3,4,1
            -1,1,2,3,4,1
            0,1,2,3,4,Infinity
            0,0,0,0,0,1
            """,
            """
            0,4,1,2,3,4,1,1,1,1,1,1,1,1,1
            0,,1,2,3,4,1,1,1,1,1,1,1,1,1
            0,2,1,2,3,4,1,1,1,1,1,1,1,1
            """,
            "--frames=4",
            "--fps=10");

    assertThat(run.status()).isEqualTo(3);
    Path camera = folder.resolve("camera.txt");
    Path lidar = folder.resolve("lidar.txt");
    assertThat(run.err().lines())
        .containsExactly(
            camera + ":1: error: expected 6 values (frame,x1,y1,x2,y2,score), got 5",
            camera + ":3: error: x2 (column 4) must be a finite number, got 'x'",
            camera + ":4: error: frame must be a whole number in 0 .. 3, got '4'",
            camera + ":5: error: frame must be a whole number in 0 .. 3, got '-1'",
            camera + ":6: error: score (column 6) must be a finite number, got 'Infinity'",
            lidar
                + ":1: error: type (column 2) must be 1 (pedestrian), 2 (car), 3 (cyclist) or a"
                + " name, got '4'",
            lidar
                + ":2: error: type (column 2) must be 1 (pedestrian), 2 (car), 3 (cyclist) or a"
                + " name, got ''",
            lidar
                + ":3: error: expected 15 values"
                + " (frame,type,x1,y1,x2,y2,score,h,w,l,x,y,z,rot_y,alpha), got 14",
            "assay: nothing written, bad lines: 8");
    assertThat(out("camera.jsonl")).isEqualTo(before);
    assertThat(written()).containsExactly("camera.jsonl", "lidar.jsonl");
  }

  @Test
  void showsTheFirstOfManyBadLines() throws IOException {
    CommandLineRun run = kitti("x\n".repeat(1000), "", "--frames=4", "--fps=10");

    assertThat(run.err().lines()).hasSize(22).contains("… and 980 more");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--frames,0", "--fps,0", "--fps,NaN", "--start,yesterday"})
  void refusesOptionsThatMakeNoSense(String option, String value) throws IOException {
    String frames = option.equals("--frames") ? value : "4";
    String fps = option.equals("--fps") ? value : "10";
    String start = option.equals("--start") ? value : "0";

    CommandLineRun run = kitti(CAMERA, LIDAR, "--frames", frames, "--fps", fps, "--start", start);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(option);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void namesTheFileThatIsMissing() {
    CommandLineRun run =
        CommandLineRun.of(
            "import",
            "kitti-tracking",
            "--camera",
            folder + "/none",
            "--lidar",
            folder + "/none",
            "--frames=1",
            "--fps=1",
            "--out",
            folder + "/out");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no such file or folder: " + folder + "/none");
  }

  private CommandLineRun kitti(String camera, String lidar, String... options) throws IOException {
    Path cameraFile = Files.writeString(folder.resolve("camera.txt"), camera);
    Path lidarFile = Files.writeString(folder.resolve("lidar.txt"), lidar);
    Stream<String> fixed =
        Stream.of(
            "import",
            "kitti-tracking",
            "--camera=" + cameraFile,
            "--lidar=" + lidarFile,
            "--out=" + folder.resolve("out"));
    return CommandLineRun.of(Stream.concat(fixed, Stream.of(options)).toArray(String[]::new));
  }

  private String out(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
