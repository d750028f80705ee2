package io.assay.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill that cannot start. */
class StartedDrillTest {
  @TempDir private Path folder;

  /** PostgreSQL cannot: the brokers run by then. */
  @Test
  void leavesNoProcessBehind() throws IOException {
    Files.writeString(folder.resolve("postgres"), "no folder");
    Set<Long> before = children();
    try (var started = new Started(told -> {})) {
      assertThatThrownBy(() -> new Cluster(folder, started)).hasStackTraceContaining("postgres");
      assertThat(children()).as("three brokers").hasSize(before.size() + 3);
    }
    assertThat(children()).isEqualTo(before);
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  @Test
  void closesTheLastFirstAndAllThoughOneFails() {
    List<String> closed = new ArrayList<>();
    var started = new Started(closed::add);
    started.add(() -> closed.add("first"));
    AutoCloseable failing =
        new AutoCloseable() {
          @Override
          public void close() throws IOException {
            throw new IOException("not now");
          }

          @Override
          public String toString() {
            return "second";
          }
        };
    started.add(failing);
    started.add(() -> closed.add("third"));
    started.close();
    assertThat(closed)
        .containsExactly("third", "closing second failed: java.io.IOException: not now", "first");
  }
}
