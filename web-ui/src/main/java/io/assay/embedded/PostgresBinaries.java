package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}; unpacked below {@code parent} if it
   * is not there yet.
   */
  static Path in(Path parent) {
    URL archive = archive();
    try {
      Path ready = parent.resolve(name(archive));
      if (!Files.isDirectory(ready)) {
        Path part = parent.resolve("." + ready.getFileName() + "." + ProcessHandle.current().pid());
        Folders.delete(part);
        unpack(archive, part);
        publish(part, ready);
      }
      return ready;
    } catch (IOException failure) {
      throw EmbeddedException.io(parent, "unpacking PostgreSQL", failure);
    }
  }

  private static URL archive() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> System.getProperty("os.arch", "");
        };
    String resource = "/postgres-" + system + "-" + machine + ".txz";
    URL found = PostgresBinaries.class.getResource(resource);
    if (found == null) {
      throw new EmbeddedException(
          Problem.UNSUPPORTED,
          "the embedded PostgreSQL needs %s on the class path, but this build has none for %s on %s; use a PostgreSQL of your own"
              .formatted(resource, system, machine));
    }
    return found;
  }

  /** Names the content, so that another version is unpacked beside it and never over it. */
  private static String name(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      return "binaries-" + Long.toHexString(jar.getJarEntry().getCrc());
    }
    throw new IOException("expected the archive in a jar, got " + archive);
  }

  private static void unpack(URL archive, Path target) throws IOException {
    Files.createDirectories(target);
    try (InputStream raw = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        // Static libraries serve only those who compile against them.
        if (!entry.getName().endsWith(".a")) {
          unpack(tar, entry, target);
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("entry " + entry.getName() + " leaves the folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /** Another process may have been faster: its copy is as good. */
  private static void publish(Path part, Path ready) throws IOException {
    try {
      Files.move(part, ready, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException faster) {
      Folders.delete(part);
    } catch (IOException failure) {
      if (!Files.isDirectory(ready)) {
        throw failure;
      }
      Folders.delete(part);
    }
  }
}
