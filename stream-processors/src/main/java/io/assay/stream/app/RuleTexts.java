package io.assay.stream.app;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.UsualFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rule files on disk, each with what has been learned for it. */
public final class RuleTexts {
  private static final String ENDING = ".assay";

  private RuleTexts() {}

  /** One file, or all of a folder's, by name. */
  public static List<SourceFile> read(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return List.of(text(path));
      }
      try (Stream<Path> files = Files.list(path)) {
        List<SourceFile> texts =
            files
                .filter(file -> file.getFileName().toString().endsWith(ENDING))
                .sorted()
                .map(RuleTexts::text)
                .toList();
        if (texts.isEmpty()) {
          throw new IllegalArgumentException(
              "the folder %s has no file that ends in %s".formatted(path, ENDING));
        }
        return texts;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the rules at %s cannot be read".formatted(path), failure);
    }
  }

  private static SourceFile text(Path file) {
    try {
      Path usual = Path.of(UsualFile.nameFor(file.toString()));
      return new SourceFile(
          file.toString(),
          Files.readString(file),
          Files.exists(usual) ? Optional.of(Files.readString(usual)) : Optional.empty());
    } catch (IOException failure) {
      throw new UncheckedIOException("the rules at %s cannot be read".formatted(file), failure);
    }
  }
}
