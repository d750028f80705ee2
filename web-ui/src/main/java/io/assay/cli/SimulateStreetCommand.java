package io.assay.cli;

import io.assay.simulate.KnownError;
import io.assay.simulate.LidarScan;
import io.assay.simulate.StreetFrame;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A car with camera and LIDAR in city traffic, written into a folder. */
@Command(
    name = "street",
    description = {
      "A car with camera and LIDAR drives among vehicles, pedestrians and cyclists.",
      "Writes camera.jsonl, lidar.jsonl, truth.jsonl, errors.jsonl and frames/*.png."
    })
final class SimulateStreetCommand implements Callable<ExitStatus> {
  private static final int FRAMES_PER_MINUTE = 600;

  @Spec CommandSpec spec;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "S",
      description = "A whole number; the same gives the same bytes.")
  long seed;

  @Option(
      names = "--minutes",
      required = true,
      paramLabel = "M",
      description = "How long, at 10 frames a second; 0.5 is half a minute.")
  double minutes;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write; made if it does not exist, refused if it holds a simulation.")
  Path folder;

  @Option(
      names = "--vehicles",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Cars, each on its own street; their keys are v1, v2, … (default: ${DEFAULT-VALUE}).")
  int vehicles;

  @Option(
      names = "--start",
      paramLabel = "T",
      defaultValue = "2026-03-02T08:00:00Z",
      converter = TimeOption.class,
      description =
          "Time of the first frame: epoch milliseconds or RFC 3339; its hour makes day or night"
              + " (default: ${DEFAULT-VALUE}).")
  long start;

  @Option(names = "--no-frames", description = "Leave the pictures out.")
  boolean withoutFrames;

  @Override
  public ExitStatus call() throws IOException {
    long frames = Math.round(minutes * FRAMES_PER_MINUTE);
    if (!(frames >= 1 && frames < StreetSettings.ENDLESS)) {
      throw wrong("--minutes needs a number above 0 that is not astronomic, got " + minutes);
    }
    if (vehicles < 1) {
      throw wrong("--vehicles needs 1 or more, got " + vehicles);
    }
    if (Files.exists(folder.resolve("camera.jsonl"))) {
      throw CommandFailure.couldNotRun("there is a simulation in " + folder + " already");
    }
    var simulation =
        new StreetSimulation(new StreetSettings(seed, vehicles, start, (int) frames, "frames/"));
    write(simulation, frames * vehicles);
    PrintWriter out = spec.commandLine().getOut();
    simulation
        .errorCounts()
        .forEach((kind, count) -> out.printf("%s %d%n", kind, count.injected()));
    return ExitStatus.WELL;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void write(StreetSimulation simulation, long total) throws IOException {
    Files.createDirectories(folder);
    try (Writer camera = Files.newBufferedWriter(folder.resolve("camera.jsonl"));
        Writer lidar = Files.newBufferedWriter(folder.resolve("lidar.jsonl"));
        Writer truth = Files.newBufferedWriter(folder.resolve("truth.jsonl"));
        Writer errors = Files.newBufferedWriter(folder.resolve("errors.jsonl"))) {
      long done = 0;
      for (Iterator<StreetFrame> all = simulation.frames(); all.hasNext(); ) {
        StreetFrame frame = all.next();
        if (frame.camera().isPresent()) {
          camera.append(frame.camera().get()).append('\n');
        }
        for (LidarScan scan : frame.lidar()) {
          lidar.append(scan.event()).append('\n');
        }
        truth.append(frame.truth()).append('\n');
        for (KnownError error : frame.errors()) {
          errors.append(error.json()).append('\n');
        }
        if (!withoutFrames) {
          picture(frame);
        }
        if (++done % FRAMES_PER_MINUTE == 0) {
          spec.commandLine().getErr().printf("%d of %d frames%n", done, total);
        }
      }
    }
  }

  private void picture(StreetFrame frame) {
    Path file = folder.resolve("frames").resolve(frame.image());
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, frame.png());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
