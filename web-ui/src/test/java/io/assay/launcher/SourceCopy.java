package io.assay.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the launcher and of what it builds, in a folder that nothing was built in. */
record SourceCopy(Path root) {

  static SourceCopy of(Path original, Path target) throws IOException {
    List<String> parts = new ArrayList<>(List.of("pom.xml", "assay", ".mvn"));
    try (Stream<Path> folders = Files.list(original)) {
      for (Path module : (Iterable<Path>) folders::iterator) {
        if (Files.exists(module.resolve("pom.xml"))) {
          parts.add(module.getFileName() + "/pom.xml");
          parts.add(module.getFileName() + "/src/main");
        }
      }
    }
    for (String part : parts) {
      copy(original.resolve(part), target.resolve(part));
    }
    // Every user may read it, only its owner may write.
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new SourceCopy(target);
  }

  Path assay() {
    return root.resolve("assay");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
