package io.assay.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What PostgreSQL said since its last start; the log before that is kept beside it. */
record PostgresLog(Path file) {
  private static final Pattern TROUBLE = Pattern.compile("FATAL:|PANIC:|could not");
  private static final Pattern PREAMBLE = Pattern.compile("^.*?(FATAL|PANIC|DETAIL): *");

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

  /** The first line that names the trouble, with its detail; without one, the last line. */
  private static String reason(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "it ended without a word";
    }
    int trouble = lines.size() - 1;
    for (int line = trouble; line >= 0; line--) {
      if (TROUBLE.matcher(lines.get(line)).find()) {
        trouble = line;
      }
    }
    boolean detail = trouble + 1 < lines.size() && lines.get(trouble + 1).contains("DETAIL:");
    return lines.subList(trouble, trouble + (detail ? 2 : 1)).stream()
        .map(line -> PREAMBLE.matcher(line).replaceFirst(""))
        .collect(Collectors.joining("; "));
  }

  private String text() {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    } catch (IOException unreadable) {
      return "";
    }
  }
}
