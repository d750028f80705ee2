package io.assay.cli;

import io.assay.stability.Anchors;
import io.assay.stability.Embedding;
import io.assay.stability.Settings;
import io.assay.stability.Stability;
import io.assay.stability.StabilityReport;
import io.assay.stability.file.BadEmbeddingException;
import io.assay.stability.file.EmbeddingFile;
import io.assay.stability.file.NamedEmbedding;
import io.assay.stability.file.SharedItems;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Embeddings out of files, compared. */
final class StabilityFiles {
  private StabilityFiles() {}

  /**
   * A comparison, with the names of its rows where they have some.
   *
   * @param embeddings the pair, row by row
   */
  record Compared(
      StabilityReport report, Optional<List<String>> names, int items, List<Embedding> embeddings) {
    Compared {
      embeddings = List.copyOf(embeddings);
    }
  }

  /**
   * @param anchors two files, or none where the pair is its own
   * @param queries names or rows; none for the usual
   */
  static Compared compare(
      List<Path> pair, List<Path> anchors, Settings settings, List<String> queries) {
    return compare(
        pair,
        anchors,
        shared -> queries.isEmpty() ? settings : settings.withQueries(rows(queries, shared)));
  }

  /** With every item as a query. */
  static Compared compareAll(List<Path> pair, List<Path> anchors, Settings settings) {
    return compare(
        pair,
        anchors,
        shared ->
            settings.withQueries(IntStream.range(0, shared.embeddings().get(0).rows()).toArray()));
  }

  private static Compared compare(
      List<Path> pair, List<Path> anchors, Function<SharedItems, Settings> settings) {
    List<Path> files = new ArrayList<>(pair);
    if (!anchors.equals(pair)) {
      files.addAll(anchors);
    }
    Map<Path, NamedEmbedding> read = new HashMap<>();
    files.forEach(file -> read.computeIfAbsent(file, StabilityFiles::read));
    try {
      SharedItems shared = SharedItems.of(files.stream().map(read::get).toList());
      List<Embedding> aligned = shared.embeddings();
      Anchors weighed =
          aligned.size() == 2 ? Anchors.pair() : Anchors.of(aligned.get(2), aligned.get(3));
      StabilityReport report =
          Stability.compare(aligned.get(0), aligned.get(1), weighed, settings.apply(shared));
      return new Compared(report, shared.names(), shared.items(), aligned.subList(0, 2));
    } catch (BadEmbeddingException | IllegalArgumentException e) {
      throw CommandFailure.couldNotRun(
          "%s and %s: %s".formatted(pair.get(0), pair.get(1), e.getMessage()), e);
    }
  }

  private static NamedEmbedding read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return EmbeddingFile.read(in);
    } catch (BadEmbeddingException | EOFException | ZipException e) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> queries(@Nullable Path file) {
    if (file == null) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
      if (lines.isEmpty()) {
        throw CommandFailure.couldNotRun(file + ": needs a name or a row a line, got none");
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] rows(List<String> queries, SharedItems shared) {
    Map<String, Integer> places = new HashMap<>();
    List<String> known = shared.names().orElse(List.of());
    for (int i = 0; i < known.size(); i++) {
      places.put(known.get(i), i);
    }
    int[] rows = new int[queries.size()];
    for (int i = 0; i < rows.length; i++) {
      Integer row = places.get(queries.get(i).strip());
      rows[i] = row == null ? row(queries.get(i).strip(), known.isEmpty()) : row;
    }
    return rows;
  }

  private static int row(String query, boolean byRow) {
    try {
      return Integer.parseInt(query);
    } catch (NumberFormatException e) {
      String needed = byRow ? "rows from 0" : "items that both have, or rows";
      throw new IllegalArgumentException("queries need %s, got '%s'".formatted(needed, query), e);
    }
  }
}
