package io.assay.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Labels at equal steps of time, as a JSON list or one a line: sleep stages, say, one each 30
 * seconds. A file that begins with {@code [} is a JSON list.
 *
 * <p>Numbers become the text they are written as. {@code null} stays null: nobody labelled this
 * step, and to leave it out would hide it.
 */
public final class LabelList {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final Path file;
  private final LineIssues issues;
  private final List<@Nullable String> labels = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();

  private LabelList(Path file, LineIssues issues) {
    this.file = file;
    this.issues = issues;
  }

  /**
   * Reads a whole file.
   *
   * @param issues where to put what is no label
   * @throws UncheckedIOException if the file cannot be read
   */
  public static LabelList read(Path file, LineIssues issues) {
    var labels = new LabelList(file, issues);
    try (BufferedReader text = Files.newBufferedReader(file)) {
      if (beginsWithBracket(text)) {
        labels.readList(text);
      } else {
        labels.readLines(text);
      }
    } catch (CharacterCodingException e) {
      issues.add(file, labels.labels.size() + 1L, "expected text in UTF-8, got other bytes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return labels;
  }

  /** Leaves the reader where it was, but for the byte order mark that some editors write. */
  private static boolean beginsWithBracket(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    int ahead = 1 << 12;
    text.mark(ahead);
    int first = text.read();
    for (int i = 1; i < ahead && Character.isWhitespace(first); i++) {
      first = text.read();
    }
    text.reset();
    return first == '[';
  }

  private void readLines(BufferedReader text) throws IOException {
    long number = 0;
    long blank = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      number++;
      if (line.isBlank()) {
        blank = blank == 0 ? number : blank;
        continue;
      }
      if (blank > 0) {
        // to skip it would move all that follow in time
        issues.add(file, blank, "expected a label, got an empty line");
        blank = 0;
      }
      add(line.strip());
    }
  }

  private void readList(BufferedReader text) throws IOException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        readElement(json, t);
      }
      if (json.nextToken() != null) {
        issue(json, "expected the end of the file after the list, got more");
      }
    } catch (StreamReadException e) {
      issues.add(
          file, e.getLocation().getLineNr(), "expected a JSON list: " + e.getOriginalMessage());
    }
  }

  private void readElement(JsonParser json, @Nullable JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      labels.add(null);
    } else if (token != null && token.isScalarValue()) {
      add(json.getString());
    } else {
      issue(json, "expected a label (text, number or true and false), got a list or an object");
      json.skipChildren();
    }
  }

  private void issue(JsonParser json, String message) {
    issues.add(file, json.currentTokenLocation().getLineNr(), message);
  }

  /** There are few different labels and many of each; one text for all spares the memory. */
  private void add(String label) {
    String before = known.putIfAbsent(label, label);
    labels.add(before == null ? label : before);
  }

  public int size() {
    return labels.size();
  }

  /** Writes one JSON object a label, each on a line of its own. */
  public void writeEvents(String series, StepClock clock, Writer out) {
    if (labels.isEmpty()) {
      return;
    }
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      for (int i = 0; i < labels.size(); i++) {
        json.writeStartObject();
        json.writeStringProperty("series", series);
        json.writeNumberProperty("at", clock.at(i));
        json.writeName("label");
        json.writeString(labels.get(i));
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }
}
