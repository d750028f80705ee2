package io.assay.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one folder of an embedded instance, locked for as long as this object is open.
 *
 * <p>The kernel gives the lock back when the process dies, however it dies; the number in the file
 * only says who holds it.
 */
final class DataFolder implements AutoCloseable {
  static final String POSTGRES = "postgres";

  /**
   * Folders open in this JVM. POSIX drops a process's locks on a file when any of its descriptors
   * is closed, so a second attempt in the same process must not even open the file.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates the folder if need be, takes its lock, and sees that the disk has room. */
  static DataFolder open(Path wanted, long minimumFree) {
    Path path = create(wanted);
    if (!OPEN.add(path)) {
      throw inUse(path, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    try {
      channel = lock(path);
      if (EmbeddedException.usable(path) < minimumFree) {
        throw EmbeddedException.diskFull(
            path, EmbeddedException.megabytes(minimumFree) + " free", null);
      }
      return new DataFolder(path, channel);
    } catch (RuntimeException refused) {
      release(path, channel);
      throw refused;
    }
  }

  Path path() {
    return path;
  }

  Path postgres() {
    return path.resolve(POSTGRES);
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  @Override
  public void close() {
    release(path, channel);
  }

  private static Path create(Path wanted) {
    try {
      Path parent = wanted.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.exists(wanted)) {
        Files.createDirectories(
            wanted,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!Files.isDirectory(wanted)) {
        throw EmbeddedException.notWritable(wanted, "it is a file", null);
      }
      return wanted.toRealPath();
    } catch (IOException failure) {
      throw EmbeddedException.io(wanted, "creating the folder", failure);
    }
  }

  private static FileChannel lock(Path path) {
    Path file = path.resolve("lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"));
      return channel;
    } catch (IOException failure) {
      closeQuietly(channel);
      throw EmbeddedException.io(path, "taking the lock", failure);
    } catch (RuntimeException refused) {
      closeQuietly(channel);
      throw refused;
    }
  }

  private static EmbeddedException inUse(Path path, String owner) {
    return new EmbeddedException(
        Problem.IN_USE,
        "the data folder %s must be free, but process %s uses it; stop that process, or choose another folder"
            .formatted(path, owner.isEmpty() ? "(unknown)" : owner));
  }

  private static void release(Path path, @Nullable FileChannel channel) {
    closeQuietly(channel);
    OPEN.remove(path);
  }

  /** The lock goes with the descriptor; an error while closing changes nothing of that. */
  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // Nothing was buffered.
      }
    }
  }
}
