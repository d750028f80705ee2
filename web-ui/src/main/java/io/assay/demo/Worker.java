package io.assay.demo;

import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated world on a thread of its own, until it is closed. */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final String name;
  private final Course course;
  private final Thread thread;
  private volatile boolean open = true;

  /** What it does; returns or is interrupted when it is over. */
  @FunctionalInterface
  interface Course {
    void run() throws InterruptedException;
  }

  Worker(String name, Course course) {
    this.name = name;
    this.course = course;
    this.thread = new Thread(this::run, "demo-" + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isOpen() {
    return open;
  }

  private void run() {
    try {
      course.run();
    } catch (InterruptedException | InterruptException end) {
      LOG.debug("the {} has ended", name);
    } catch (KafkaException | UncheckedIOException failure) {
      if (open) {
        LOG.warn("the {} has ended: {}", name, failure.toString());
      }
    }
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
