package io.assay.web.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What is left where a folder is. */
final class Volumes {
  private Volumes() {}

  static OptionalLong free(Path folder) {
    try {
      return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException unseen) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong total(Path folder) {
    try {
      return OptionalLong.of(Files.getFileStore(folder).getTotalSpace());
    } catch (IOException unseen) {
      return OptionalLong.empty();
    }
  }
}
