package io.assay.bench.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time of a PostgreSQL's processes, as Linux tells it; that of processes that ended is lost.
 */
final class PostgresCpu {
  private final long postmaster;

  /** {@code folder}: of the embedded servers. */
  PostgresCpu(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 4)) {
      Path file =
          files
              .filter(path -> path.endsWith("postmaster.pid"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no PostgreSQL runs in " + folder));
      postmaster = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** So far, in nanoseconds; 0 where the system does not tell. */
  long nanos() {
    return ProcessHandle.of(postmaster).stream()
        .flatMap(ProcessHandle::children)
        .mapToLong(child -> run(child.pid()))
        .sum();
  }

  private static long run(long process) {
    try {
      String told = Files.readString(Path.of("/proc", Long.toString(process), "schedstat"));
      return Long.parseLong(told.split(" ", 2)[0]);
    } catch (IOException ended) {
      return 0;
    }
  }
}
