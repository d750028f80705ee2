package io.assay.assertion.assist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the words of the language say, in a sentence and an example; read from {@code words.txt}.
 */
final class WordNotes {
  private static final Map<String, String> ALL = read();

  private WordNotes() {}

  /** A sentence, and below it an example; empty where the word says nothing by itself. */
  static String of(String word) {
    return ALL.getOrDefault(word, "");
  }

  private static Map<String, String> read() {
    try (InputStream in =
        Objects.requireNonNull(
            WordNotes.class.getResourceAsStream("words.txt"),
            "words.txt is missing beside its class")) {
      Map<String, String> notes = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .forEach(parts -> notes.put(parts[0], parts[1] + "\n" + parts[2]));
      return notes;
    } catch (IOException e) {
      throw new UncheckedIOException("words.txt could not be read", e);
    }
  }
}
