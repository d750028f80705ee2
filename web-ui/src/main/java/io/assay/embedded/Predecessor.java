package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server that a killed process left on the cluster: it is already stopping, or, if the kernel's
 * signal missed it, is told to.
 *
 * <p>We hold the folder's lock, so nobody has a claim on that server any more.
 */
final class Predecessor {
  private final Path cluster;

  Predecessor(Path cluster) {
    this.cluster = cluster;
  }

  /** Returns once it has gone. */
  void leave(Duration patience) {
    long start = System.nanoTime();
    boolean told = false;
    for (Optional<Long> pid = alive(); pid.isPresent(); pid = alive()) {
      long waited = System.nanoTime() - start;
      if (waited > patience.toNanos()) {
        throw new EmbeddedException(
            Problem.IN_USE,
            "the cluster %s must be free, but the PostgreSQL process %d serves it and does not stop; stop that process"
                .formatted(cluster, pid.get()));
      }
      if (!told && waited > patience.toNanos() / 4) {
        Commands.signal(pid.get(), "INT");
        told = true;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new EmbeddedException(
            Problem.FAILED, "interrupted while a predecessor was stopping", interrupted);
      }
    }
  }

  /**
   * Its process id, if that process is still a server of this very cluster and not a newcomer of
   * the same number.
   */
  private Optional<Long> alive() {
    return PidFile.of(cluster).map(PidFile::pid).filter(this::servesThisCluster);
  }

  private boolean servesThisCluster(long pid) {
    try {
      String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
      return List.of(command.split("\0")).contains(cluster.toString());
    } catch (IOException gone) {
      return false;
    }
  }
}
