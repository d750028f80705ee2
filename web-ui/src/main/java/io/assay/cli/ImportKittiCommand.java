package io.assay.cli;

import io.assay.imports.FrameClock;
import io.assay.imports.KittiDetections;
import io.assay.imports.KittiFormat;
import io.assay.imports.LineIssues;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a camera and a LIDAR detected on one KITTI tracking sequence, one event a frame of each. */
@Command(
    name = "kitti-tracking",
    description = {
      "Writes detections on a KITTI tracking sequence as events: camera.jsonl and lidar.jsonl.",
      "Both have an event for every frame, also for those in which nothing was seen."
    })
final class ImportKittiCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Option(
      names = "--camera",
      required = true,
      paramLabel = "FILE",
      description = "The camera's boxes: frame,x1,y1,x2,y2,score.")
  Path camera;

  @Option(
      names = "--lidar",
      required = true,
      paramLabel = "FILE",
      description = "The LIDAR's: frame,type,x1,y1,x2,y2,score,h,w,l,x,y,z,rot_y,alpha.")
  Path lidar;

  @Option(
      names = "--frames",
      required = true,
      paramLabel = "N",
      description = "How many frames the sequence has, counted from 0.")
  int frames;

  @Option(
      names = "--fps",
      required = true,
      paramLabel = "F",
      description = "Frames a second, for the event times.")
  double fps;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write; made if it does not exist. Files of an earlier import go.")
  Path folder;

  @Option(
      names = "--vehicle",
      paramLabel = "NAME",
      defaultValue = "v1",
      description = "The key of the events (default: ${DEFAULT-VALUE}).")
  String vehicle;

  @Option(
      names = "--camera-label",
      paramLabel = "LABEL",
      defaultValue = "car",
      description =
          "What the camera's boxes are; its file does not say (default: ${DEFAULT-VALUE}).")
  String cameraLabel;

  @Option(
      names = "--start",
      paramLabel = "T",
      defaultValue = "0",
      converter = TimeOption.class,
      description = "Time of frame 0: epoch milliseconds or RFC 3339 (default: ${DEFAULT-VALUE}).")
  long start;

  @Override
  public ExitStatus call() throws IOException {
    if (frames < 1) {
      throw new ParameterException(spec.commandLine(), "--frames needs 1 or more, got " + frames);
    }
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new ParameterException(spec.commandLine(), "--fps needs a number above 0, got " + fps);
    }
    var issues = new LineIssues();
    var seen = KittiDetections.check(camera, KittiFormat.camera(cameraLabel), frames, issues);
    var sensed = KittiDetections.check(lidar, KittiFormat.lidar(), frames, issues);
    if (issues.count() > 0) {
      return BadLines.refuse(issues, "nothing written", spec.commandLine().getErr());
    }
    write(seen, sensed);
    spec.commandLine()
        .getErr()
        .printf(
            "%d frames; camera.jsonl: %d boxes, lidar.jsonl: %d boxes%n",
            frames, seen.boxes(), sensed.boxes());
    return ExitStatus.WELL;
  }

  /** Under other names first: both files are there whole, or neither is touched. */
  private void write(KittiDetections seen, KittiDetections sensed) throws IOException {
    Files.createDirectories(folder);
    Path cameraPart = folder.resolve("camera.jsonl.part");
    Path lidarPart = folder.resolve("lidar.jsonl.part");
    try {
      write(seen, cameraPart);
      write(sensed, lidarPart);
      rename(cameraPart, "camera.jsonl");
      rename(lidarPart, "lidar.jsonl");
    } finally {
      Files.deleteIfExists(cameraPart);
      Files.deleteIfExists(lidarPart);
    }
  }

  private void write(KittiDetections detections, Path part) throws IOException {
    try (Writer out = Files.newBufferedWriter(part)) {
      detections.writeEvents(vehicle, new FrameClock(start, fps), out);
    }
  }

  private void rename(Path part, String name) throws IOException {
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
