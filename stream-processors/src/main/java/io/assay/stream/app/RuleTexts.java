package io.assay.stream.app;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.UsualFile;
import io.assay.stream.contract.RuleContent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rule files on disk, each with what has been learned for it. */
public final class RuleTexts {
  private static final String ENDING = ".assay";

  private RuleTexts() {}

  /** One file, or all of a folder's, by name. */
  public static List<SourceFile> read(Path path) {
    return files(path).stream().map(RuleTexts::text).toList();
  }

  /** Files and folders as one whole, with names that do not depend on where they are. */
  public static RuleContent content(List<Path> paths, Map<String, String> parameters) {
    List<SourceFile> named =
        paths.stream()
            .flatMap(path -> files(path).stream().map(file -> named(path, file)))
            .toList();
    return new RuleContent(named, parameters);
  }

  private static SourceFile named(Path path, Path file) {
    SourceFile text = text(file);
    Path within = Files.isDirectory(path) ? path.relativize(file) : file.getFileName();
    return new SourceFile(
        within.toString().replace(File.separatorChar, '/'), text.text(), text.usual());
  }

  /**
   * The file itself, or a folder's and those of folders in it, by name. What is hidden stays
   * hidden: a repository's own folder, earlier versions of what is mounted. Links to folders are
   * not followed.
   *
   * @throws IllegalArgumentException if a folder has none
   */
  public static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> found = new ArrayList<>();
    collect(path, found);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "the folder %s has no file that ends in %s".formatted(path, ENDING));
    }
    return found.stream().sorted().toList();
  }

  private static void collect(Path folder, List<Path> found) {
    List<Path> items;
    try (Stream<Path> all = Files.list(folder)) {
      items = all.filter(item -> !item.getFileName().toString().startsWith(".")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("the rules at %s cannot be read".formatted(folder), failure);
    }
    for (Path item : items) {
      if (Files.isDirectory(item, LinkOption.NOFOLLOW_LINKS)) {
        collect(item, found);
      } else if (item.toString().endsWith(ENDING) && !Files.isDirectory(item)) {
        found.add(item);
      }
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
