package io.assay.cli;

import io.assay.imports.FrameClock;
import io.assay.imports.LineIssues;
import io.assay.imports.MotDetections;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Detections of the MOT Challenge as one event a frame, also for the frames in which nothing was
 * seen.
 */
@Command(
    name = "mot",
    description =
        "Prints a MOT Challenge detection file (frame, id, x, y, width, height, score, …) as one"
            + " event a frame.")
final class ImportMotCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DET_FILE", description = "The detection file, frames counted from 1.")
  Path file;

  @Option(
      names = "--frames",
      required = true,
      paramLabel = "N",
      description =
          "How many frames the video has; frames without a row become events without boxes.")
  int frames;

  @Option(
      names = "--fps",
      required = true,
      paramLabel = "F",
      description = "Frames a second, for the event times.")
  double fps;

  @Option(
      names = "--start",
      paramLabel = "T",
      defaultValue = "0",
      converter = TimeOption.class,
      description = "Time of frame 1: epoch milliseconds or RFC 3339 (default: ${DEFAULT-VALUE}).")
  long start;

  @Option(
      names = "--camera",
      paramLabel = "NAME",
      defaultValue = "camera",
      description = "The key of the events (default: ${DEFAULT-VALUE}).")
  String camera;

  @Override
  public ExitStatus call() {
    if (frames < 1) {
      throw new ParameterException(spec.commandLine(), "--frames needs 1 or more, got " + frames);
    }
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new ParameterException(spec.commandLine(), "--fps needs a number above 0, got " + fps);
    }
    var issues = new LineIssues();
    MotDetections detections = MotDetections.read(file, frames, issues);
    if (issues.count() > 0) {
      return BadLines.refuse(issues, "nothing printed", spec.commandLine().getErr());
    }
    detections.writeEvents(camera, new FrameClock(start, fps), spec.commandLine().getOut());
    return ExitStatus.WELL;
  }
}
