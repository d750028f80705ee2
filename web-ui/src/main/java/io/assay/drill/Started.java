package io.assay.drill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What was started so far, the last one closed first. Each is added as soon as there is something
 * to close: whatever fails after it, nothing runs on.
 */
final class Started implements AutoCloseable {
  private final Consumer<String> progress;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** {@code progress} hears of what cannot be closed. */
  Started(Consumer<String> progress) {
    this.progress = progress;
  }

  <T extends AutoCloseable> T add(T part) {
    parts.addFirst(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        progress.accept("closing %s failed: %s".formatted(part, failure));
      }
    }
    parts.clear();
  }
}
