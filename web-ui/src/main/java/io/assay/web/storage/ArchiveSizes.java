package io.assay.web.storage;

import io.assay.web.storage.StorageSample.Store;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How much room the archive's folder takes. */
final class ArchiveSizes {
  private ArchiveSizes() {}

  /** Nothing where there is no such folder. */
  static List<StorageSample> sample(Path folder, Instant at) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return List.of(
        StorageSample.volume(
            at,
            Store.ARCHIVE,
            folder.toString(),
            size(folder),
            Volumes.free(folder),
            Volumes.total(folder)));
  }

  /** Files that go meanwhile count for nothing. */
  private static long size(Path folder) {
    var sum = new AtomicLong();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      return sum.get();
    }
    return sum.get();
  }
}
