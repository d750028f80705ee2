package io.assay.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A detection file of the MOT Challenge: {@code frame, id, x, y, width, height, score, …}, a line a
 * box, frames from 1. Further columns and the id, which detectors leave at -1, are ignored.
 *
 * <p>Values are passed on as they are, also a negative width or a score above 1: judging them is
 * the rules' business. Only what JSON cannot say is refused.
 */
public final class MotDetections {
  /** What the challenge's detectors look for; the file itself has no label. */
  private static final String LABEL = "pedestrian";

  private static final List<String> COLUMNS =
      List.of("frame", "id", "x", "y", "width", "height", "score");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final List<List<Box>> frames;

  private MotDetections(List<List<Box>> frames) {
    this.frames = frames;
  }

  private record Box(double x, double y, double width, double height, double score) {}

  /**
   * Reads a whole file; bad lines are collected rather than thrown.
   *
   * @param issues where to put them; if there is any, the events are not the whole file
   * @throws UncheckedIOException if the file cannot be read
   */
  public static MotDetections read(Path file, int frameCount, LineIssues issues) {
    List<List<Box>> frames = new ArrayList<>(frameCount);
    for (int i = 0; i < frameCount; i++) {
      frames.add(new ArrayList<>());
    }
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String problem = line.isBlank() ? null : add(line.split(",", -1), frames);
        if (problem != null) {
          issues.add(file, number, problem);
        }
      }
    } catch (CharacterCodingException e) {
      issues.add(file, number + 1, "expected text in UTF-8, got other bytes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MotDetections(frames);
  }

  /** Puts a line's box into its frame, or says what is wrong with the line. */
  private static @Nullable String add(String[] cells, List<List<Box>> frames) {
    if (cells.length < COLUMNS.size()) {
      return "expected %d values or more (%s), got %d"
          .formatted(COLUMNS.size(), String.join(", ", COLUMNS), cells.length);
    }
    double[] values = new double[COLUMNS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(cells[i]);
      if (!Double.isFinite(values[i])) {
        return "%s (column %d) must be a finite number, got '%s'"
            .formatted(COLUMNS.get(i), i + 1, cells[i].strip());
      }
    }
    int frame = (int) values[0];
    if (frame != values[0] || frame < 1 || frame > frames.size()) {
      return "frame must be a whole number in 1 .. %d, got '%s'"
          .formatted(frames.size(), cells[0].strip());
    }
    frames.get(frame - 1).add(new Box(values[2], values[3], values[4], values[5], values[6]));
    return null;
  }

  /** The number in a cell, or NaN, which no caller lets pass. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Writes one JSON object a frame, each on a line of its own. */
  public void writeEvents(String camera, FrameClock clock, Writer out) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      for (int i = 0; i < frames.size(); i++) {
        json.writeStartObject();
        json.writeStringProperty("camera", camera);
        json.writeNumberProperty("at", clock.at(i + 1));
        json.writeNumberProperty("frame", i + 1);
        writeBoxes(frames.get(i), json);
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }

  private static void writeBoxes(List<Box> boxes, JsonGenerator json) {
    json.writeArrayPropertyStart("boxes");
    for (Box box : boxes) {
      json.writeStartObject();
      json.writeStringProperty("label", LABEL);
      json.writeNumberProperty("score", box.score());
      json.writeArrayPropertyStart("area");
      json.writeNumber(box.x());
      json.writeNumber(box.y());
      json.writeNumber(box.width());
      json.writeNumber(box.height());
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
