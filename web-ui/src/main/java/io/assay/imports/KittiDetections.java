package io.assay.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sensor's detections on a KITTI tracking sequence, a line a box.
 *
 * <p>The file is read twice, so that nothing is written of a broken one and a large one need not
 * fit into memory: first every line is checked, then the events are written as the lines come. Only
 * a file that is not in the order of its frames is held while it is sorted.
 */
public final class KittiDetections {
  private final Path file;
  private final KittiFormat format;
  private final int frames;
  private final LineIssues issues;
  private long boxes;
  private boolean ordered = true;

  private KittiDetections(Path file, KittiFormat format, int frames, LineIssues issues) {
    this.file = file;
    this.format = format;
    this.frames = frames;
    this.issues = issues;
  }

  /**
   * Checks every line of a file.
   *
   * @param issues where to put the broken ones
   * @throws UncheckedIOException if the file cannot be read
   */
  public static KittiDetections check(
      Path file, KittiFormat format, int frames, LineIssues issues) {
    var detections = new KittiDetections(file, format, frames, issues);
    detections.check();
    return detections;
  }

  private void check() {
    long number = 0;
    int latest = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        switch (format.parse(line, frames)) {
          case KittiLine.Broken broken -> issues.add(file, number, broken.message());
          case KittiLine.Read read -> {
            boxes++;
            ordered &= read.box().frame() >= latest;
            latest = read.box().frame();
          }
        }
      }
    } catch (CharacterCodingException e) {
      issues.add(file, number + 1, "expected text in UTF-8, got other bytes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long boxes() {
    return boxes;
  }

  /** Writes one JSON object a frame, each on a line of its own; frames without a box as well. */
  public void writeEvents(String vehicle, FrameClock clock, Writer out) {
    try (Stream<String> lines = Files.lines(file);
        var json = new KittiJson(vehicle, clock, out)) {
      Iterator<KittiBox> rest = inOrder(lines.filter(line -> !line.isBlank()).map(this::box));
      KittiBox next = next(rest);
      for (int frame = 0; frame < frames; frame++) {
        json.start(frame);
        while (next != null && next.frame() == frame) {
          json.add(next);
          next = next(rest);
        }
        json.end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Iterator<KittiBox> inOrder(Stream<KittiBox> all) {
    if (ordered) {
      return all.iterator();
    }
    List<KittiBox> sorted = all.collect(Collectors.toCollection(ArrayList::new));
    // stable: boxes of a frame stay in the order of the file
    sorted.sort(Comparator.comparingInt(KittiBox::frame));
    return sorted.iterator();
  }

  private static @Nullable KittiBox next(Iterator<KittiBox> boxes) {
    return boxes.hasNext() ? boxes.next() : null;
  }

  private KittiBox box(String line) {
    return switch (format.parse(line, frames)) {
      case KittiLine.Read read -> read.box();
      case KittiLine.Broken ignored ->
          throw new UncheckedIOException(new IOException(file + " changed while it was read"));
    };
  }
}
