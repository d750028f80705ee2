package io.assay.stream.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Segments as files below a folder, which several processes may share. */
public final class FolderStore implements SegmentStore {
  private final Path folder;

  public FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Stored> list(String prefix) {
    Path start = folder.resolve(prefix);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<Stored> found = new ArrayList<>();
    try {
      Files.walkFileTree(start, new Listing(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(Stored::name));
    return found;
  }

  private final class Listing extends SimpleFileVisitor<Path> {
    private final List<Stored> found;

    Listing(List<Stored> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      found.add(new Stored(name, attributes.size()));
      return FileVisitResult.CONTINUE;
    }

    /** Retention may delete a file while others are listed. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  /** On disk before it is seen, and seen before it returns, also after a power cut. */
  @Override
  public void put(String name, Path finished) {
    try {
      Path target = folder.resolve(name);
      Path parent = parent(target);
      Files.createDirectories(parent);
      force(finished);
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment always lies in the folder of its hour. */
  private static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), file::toString);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public byte[] read(String name, long from, int length) {
    try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          throw new EOFException(
              "%s: needed %d bytes from %d on, came %d"
                  .formatted(folder.resolve(name), length, from, bytes.position()));
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An hour's folder goes with its last segment. */
  @Override
  public void delete(String name) {
    try {
      Path file = folder.resolve(name);
      Files.deleteIfExists(file);
      Files.deleteIfExists(parent(file));
    } catch (DirectoryNotEmptyException others) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
