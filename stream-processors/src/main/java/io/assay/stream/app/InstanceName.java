package io.assay.stream.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The name by which a broker knows a member again after a restart: one for each state folder. */
final class InstanceName {
  private InstanceName() {}

  static String of(Path stateFolder) {
    Path file = stateFolder.resolve("instance");
    try {
      Files.createDirectories(stateFolder);
      if (Files.exists(file)) {
        String name = Files.readString(file).strip();
        if (!name.isEmpty()) {
          return name;
        }
      }
      String name = UUID.randomUUID().toString();
      Files.writeString(file, name);
      return name;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the state folder %s needs to be writable".formatted(stateFolder), failure);
    }
  }
}
