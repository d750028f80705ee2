package io.assay.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of ours in a JVM of its own, which ends with this one, however this one ends: the
 * kernel kills it when the thread that started it does, and that lives as long as the child.
 */
final class Child implements AutoCloseable {
  private static final String READY = "ready";
  private static final String SAYS = "says ";

  private final String name;
  private final Process process;
  private final Map<String, String> said = new HashMap<>();

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
        if (line.startsWith(SAYS)) {
          String[] parts = line.split(" ", 3);
          said.put(parts[1], parts[2]);
        }
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "%s ended before it was ready; %s says why".formatted(name, log));
      }
      Thread.ofPlatform().daemon().name("log of " + name).start(() -> keep(out, log));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One that nobody reads is stopped by its own words, once they fill the pipe. */
  private static void keep(BufferedReader out, Path log) {
    try (out;
        var file =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        file.write(line);
        file.newLine();
        file.flush();
      }
    } catch (IOException ended) {
      // It was killed, or its folder is gone: nothing is left to be kept.
    }
  }

  /** In the child, before it is ready: something that whoever started it needs to know. */
  static void say(String name, String value) {
    System.out.println(SAYS + name + " " + value);
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

  /** What it said under a name. */
  String said(String about) {
    return Objects.requireNonNull(said.get(about), about);
  }

  /** The process and those that it has started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
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
