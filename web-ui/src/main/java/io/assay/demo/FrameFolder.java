package io.assay.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures in a folder that grows to a size and no further: the oldest make room.
 *
 * <p>Drawing takes longer than simulating, so it has a thread of its own, which begins with the
 * newest: whoever looks at the pages looks at the present first.
 */
final class FrameFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameFolder.class);

  /** Three minutes of ten frames a second and one more for hurry; older ones stay undrawn. */
  private static final int MOST_WAITING = 2400;

  private final Path root;
  private final long mostBytes;
  private final BlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final Thread painter = new Thread(this::paint, "demo-frames");
  private long bytes;
  private volatile boolean open = true;

  /** A picture that is to be drawn. */
  private record Waiting(String name, Supplier<byte[]> png) {}

  /** A picture on disk. */
  private record Kept(Path file, long bytes) {}

  FrameFolder(Path root, long mostBytes) {
    this.root = root;
    this.mostBytes = mostBytes;
    list();
    painter.setDaemon(true);
  }

  /** From now on pictures are drawn: while all else starts, it needs the processors more. */
  void begin() {
    painter.start();
  }

  /** Draws it when there is time. */
  void add(String name, Supplier<byte[]> png) {
    var next = new Waiting(name, png);
    while (open && !waiting.offerFirst(next)) {
      waiting.pollLast();
    }
  }

  /** What an earlier run has left counts, too. */
  private void list() {
    try {
      Files.createDirectories(root);
      try (Stream<Path> files = Files.walk(root)) {
        List<Path> found =
            files
                .filter(Files::isRegularFile)
                .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                .toList();
        for (Path file : found) {
          keep(file, Files.size(file));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void paint() {
    String trouble = "";
    while (open) {
      try {
        Waiting next = waiting.takeFirst();
        write(root.resolve(next.name()), next.png().get());
        trouble = "";
      } catch (InterruptedException end) {
        return;
      } catch (IOException | RuntimeException failure) {
        String text = failure.toString();
        if (!text.equals(trouble)) {
          LOG.warn("a picture of the street could not be written to {}: {}", root, text);
          trouble = text;
        }
      }
    }
  }

  /** Under another name first, so that nobody is served half a picture. */
  private void write(Path file, byte[] png) throws IOException {
    Path folder = file.resolveSibling(".");
    Files.createDirectories(folder);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, png);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    keep(file, png.length);
  }

  private void keep(Path file, long size) throws IOException {
    kept.addLast(new Kept(file, size));
    bytes += size;
    while (bytes > mostBytes && !kept.isEmpty()) {
      Kept oldest = kept.removeFirst();
      bytes -= oldest.bytes();
      Files.deleteIfExists(oldest.file());
    }
  }

  @Override
  public void close() {
    open = false;
    painter.interrupt();
    try {
      painter.join(2000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
