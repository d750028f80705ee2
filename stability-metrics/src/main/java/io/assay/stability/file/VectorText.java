package io.assay.stability.file;

import io.assay.stability.Embedding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name and its numbers a line, separated by single spaces: word2vec's text, which says the
 * numbers of rows and dimensions first, and GloVe's, which does not. A name may have spaces in it:
 * the numbers are the last of the line, and a name with spaces does not end in a number: that is
 * one too many.
 */
final class VectorText {
  private static final int LONGEST_LINE = 1 << 22;
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?|[-+]?(nan|inf(inity)?)",
          Pattern.CASE_INSENSITIVE);

  private final List<String> names = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int line;
  private int dimensions;
  private int announced = -1;
  private Embedding.@Nullable Builder builder;

  private VectorText() {}

  static NamedEmbedding read(InputStream in) throws IOException {
    return new VectorText().readAll(in);
  }

  private NamedEmbedding readAll(InputStream in) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    for (String text = next(reader); text != null; text = next(reader)) {
      if (!(line == 1 && isHeader(text)) && !text.isBlank()) {
        take(text.strip());
      }
    }
    Embedding.Builder all = builder;
    if (all == null) {
      throw new BadEmbeddingException("the file needs a line 'name number number ...', got none");
    }
    if (announced >= 0 && announced != names.size()) {
      throw new BadEmbeddingException(
          "line 1: %d rows are announced, got %d".formatted(announced, names.size()));
    }
    return new NamedEmbedding(all.build(), Optional.of(names));
  }

  private @Nullable String next(BufferedReader reader) throws IOException {
    line++;
    var text = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      text.append((char) c);
      if (text.length() > LONGEST_LINE) {
        throw wrong("a line needs at most %d characters".formatted(LONGEST_LINE));
      }
      c = reader.read();
    }
    return text.toString();
  }

  private boolean isHeader(String text) {
    if (!text.strip().matches("\\d{1,9} \\d{1,6}")) {
      return false;
    }
    String[] words = text.strip().split(" ");
    announced = Integer.parseInt(words[0]);
    dimensions = Integer.parseInt(words[1]);
    return true;
  }

  private void take(String text) {
    String[] words = text.split("[ \t]+");
    if (dimensions == 0) {
      dimensions = words.length - 1;
    }
    int first = words.length - dimensions;
    if (dimensions < 1 || first < 1) {
      throw wrong(
          "a name and %d numbers are needed, got %d words"
              .formatted(Math.max(1, dimensions), words.length));
    }
    if (first > 1 && isNumber(words[first - 1])) {
      throw wrong(
          "a name and %d numbers are needed, got a name and %d numbers or more (a name with a space does not end in one)"
              .formatted(dimensions, dimensions + 1));
    }
    double[] row = new double[dimensions];
    for (int j = 0; j < dimensions; j++) {
      row[j] = number(words[first + j]);
    }
    String name = String.join(" ", List.of(words).subList(0, first));
    if (!seen.add(name)) {
      throw wrong("every name needs one line, got '%s' again".formatted(name));
    }
    if (builder == null) {
      builder = Embedding.builder(dimensions);
    }
    builder.add(row);
    names.add(name);
  }

  /** As files have them: {@code 3d} and {@code 1f} are names, though Java would take them. */
  private static boolean isNumber(String word) {
    return NUMBER.matcher(word).matches();
  }

  private double number(String word) {
    try {
      double number = Double.parseDouble(word);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong("a number is needed, got '%s'".formatted(word));
    }
    throw wrong("a finite number is needed, got '%s'".formatted(word));
  }

  private BadEmbeddingException wrong(String what) {
    return new BadEmbeddingException("line %d: %s".formatted(line, what));
  }
}
