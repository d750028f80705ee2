package io.assay.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started so far; closed in reverse order, each whatever became of the others. */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /** A part that comes after the end is closed at once. */
  synchronized void add(AutoCloseable part) {
    if (closed) {
      close(part);
    } else {
      started.push(part);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failure) {
      LOG.warn("closing {} failed: {}", part.getClass().getSimpleName(), failure.toString());
    }
  }
}
