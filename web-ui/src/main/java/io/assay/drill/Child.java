package io.assay.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program of ours in a JVM of its own, which ends with this one, however this one ends: the
 * kernel kills it when the thread that started it does, and that lives as long as the child.
 */
final class Child implements AutoCloseable {
  private static final String READY = "ready";

  private final String name;
  private final Process process;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Returns once the program says that it is ready. */
  static Child start(String name, Path log, List<String> jvm, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("parent of " + name).start(() -> live(builder, started));
    var child = new Child(name, started.join());
    try {
      child.awaitReady(log);
    } catch (RuntimeException failure) {
      child.kill();
      throw failure;
    }
    return child;
  }

  private static void live(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      Process process = builder.start();
      started.complete(process);
      process.onExit().join();
    } catch (IOException failure) {
      started.completeExceptionally(
          new UncheckedIOException("a drill needs setpriv (package util-linux) and java", failure));
    }
  }

  private void awaitReady(Path log) {
    try {
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      while (line != null && !line.equals(READY)) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "%s ended before it was ready; %s says why".formatted(name, log));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** In the child: it is ready, and ends with its input. */
  static void serve() throws IOException {
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Until whoever started this ends it, or ends.
    }
  }

  String name() {
    return name;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  void pause() {
    signal("STOP");
  }

  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
          .inheritIO()
          .start()
          .onExit()
          .join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asks, waits, and kills what does not end; returns how long it took. */
  Duration stop() {
    long start = System.nanoTime();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    kill();
    return took;
  }

  @Override
  public void close() {
    kill();
  }
}
