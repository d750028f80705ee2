package io.assay.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL said since its last start; the log before that is kept beside it. */
record PostgresLog(Path file) {

  void roll() throws IOException {
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling("log.before"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  boolean saysPredecessorAlive() {
    String text = text();
    return text.contains("lock file \"postmaster.pid\" already exists")
        || text.contains("pre-existing shared memory block");
  }

  /** Why it did not start, as far as it told. */
  EmbeddedException explain(Path cluster, int port) {
    String text = text();
    if (EmbeddedException.saysDiskFull(text)) {
      return EmbeddedException.diskFull(cluster, "room for PostgreSQL", null);
    }
    if (text.contains("Address already in use")) {
      return EmbeddedException.portTaken(
          "PostgreSQL", port, "postgres port", new IOException(reason(text)));
    }
    if (text.contains("Permission denied") || text.contains("Read-only file system")) {
      return EmbeddedException.notWritable(cluster, "PostgreSQL says: " + reason(text), null);
    }
    if (saysPredecessorAlive()) {
      return new EmbeddedException(
          Problem.IN_USE,
          "the cluster %s must be free, but another PostgreSQL serves it: %s"
              .formatted(cluster, reason(text)));
    }
    return new EmbeddedException(
        Problem.DAMAGED,
        "PostgreSQL cannot use its data in %s: %s; restore the folder from a copy, or move it away to begin empty (log: %s)"
            .formatted(cluster, reason(text), file));
  }

  /** The first line that names the trouble; without one, the last line. */
  private static String reason(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(
            line ->
                line.contains("FATAL:") || line.contains("PANIC:") || line.contains("could not"))
        .findFirst()
        .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
        .orElse("it ended without a word")
        .replaceFirst("^.*?(FATAL|PANIC): *", "")
        .strip();
  }

  private String text() {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    } catch (IOException unreadable) {
      return "";
    }
  }
}
