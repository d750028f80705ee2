package io.assay.web.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for what an export puts aside until it is done; nobody else may read it. */
final class SpoolFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);

  private final Path folder;

  SpoolFolder() throws IOException {
    this.folder = Files.createTempDirectory("assay-export-");
  }

  /** A file that is not there yet. */
  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException kept) {
      LOG.warn("what an export put aside stays in {}", folder, kept);
    }
  }
}
