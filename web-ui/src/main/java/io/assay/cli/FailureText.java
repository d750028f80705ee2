package io.assay.cli;

import io.assay.web.system.StartFailure;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence what stood in a command's way; the JDK's file exceptions carry only a path.
 */
final class FailureText {
  private FailureText() {}

  static String of(Throwable failure) {
    return switch (failure) {
      case CommandFailure told -> String.valueOf(told.getMessage());
      case UncheckedIOException io when io.getCause() != null -> of(io.getCause());
      case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException present -> "already exists: " + present.getFile();
      case DirectoryNotEmptyException full -> "folder is not empty: " + full.getFile();
      case NotDirectoryException file -> "not a folder: " + file.getFile();
      case FileSystemException other -> other.getFile() + ": " + orName(other.getReason(), other);
      case java.io.IOException io -> orName(io.getMessage(), io);
      default -> ofAnother(failure);
    };
  }

  private static String ofAnother(Throwable failure) {
    return StartFailure.otherVersion(failure)
        .orElseGet(
            () ->
                "internal error, please report it with the output of --debug: "
                    + failure.getClass().getSimpleName()
                    + ": "
                    + failure.getMessage());
  }

  private static String orName(@Nullable String text, Throwable failure) {
    return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
  }
}
