package io.assay.stream.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkout that a folder is in, and the commit that it stands at; read from its files, without
 * a Git that would have to be installed.
 *
 * @param folder where the checkout keeps what is its own: {@code .git}, mostly
 */
record GitHead(Path folder) {
  private static final String POINTS_TO = "gitdir: ";
  private static final String REFERS_TO = "ref: ";

  /** Empty for a folder that is in no checkout. */
  static Optional<GitHead> of(Path place) {
    for (Path at = place.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path found = at.resolve(".git");
      if (Files.isDirectory(found)) {
        return Optional.of(new GitHead(found));
      }
      if (Files.isRegularFile(found)) {
        String text = read(found).orElse("");
        return text.startsWith(POINTS_TO)
            ? Optional.of(new GitHead(at.resolve(text.substring(POINTS_TO.length()).strip())))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * What is there while Git is changing files: some of them may be of the next commit. A Git that
   * was killed leaves it behind.
   */
  Optional<Path> lock() {
    return Stream.of("index.lock", "HEAD.lock")
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  /** The commit's full name; empty where there is none yet, or the checkout cannot be read. */
  Optional<String> commit() {
    Optional<String> head = read(folder.resolve("HEAD"));
    return head.filter(text -> text.startsWith(REFERS_TO)).isPresent()
        ? head.flatMap(text -> reference(text.substring(REFERS_TO.length()).strip()))
        : head.filter(text -> !text.isEmpty());
  }

  private Optional<String> reference(String name) {
    Path shared =
        read(folder.resolve("commondir")).map(text -> folder.resolve(text)).orElse(folder);
    return read(shared.resolve(name))
        .or(
            () ->
                read(shared.resolve("packed-refs"))
                    .flatMap(
                        packed ->
                            lines(packed)
                                .filter(line -> line.endsWith(' ' + name))
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .findFirst()));
  }

  private static Stream<String> lines(String text) {
    return text.lines().filter(line -> !line.startsWith("#"));
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the checkout's file %s cannot be read".formatted(file), failure);
    }
  }
}
