package io.assay.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Folders and servers of the tests, tidied up in one hook when the JVM ends, servers first. */
final class TestFolders {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final List<String> FOLDERS = new ArrayList<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TestFolders::closeAll, "test-exit"));
  }

  private TestFolders() {}

  static Path untilExit(String name) {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(root()), name + "-");
      synchronized (FOLDERS) {
        FOLDERS.add(folder.toString());
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A data folder that need not unpack PostgreSQL's programs again. */
  static Path dataFolder(String name) {
    Path folder = untilExit(name);
    Path programs = PostgresBinaries.in(binaries());
    try {
      Path postgres = Files.createDirectory(folder.resolve("postgres"));
      Files.createSymbolicLink(postgres.resolve(programs.getFileName()), programs);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void atExit(AutoCloseable resource) {
    synchronized (OPEN) {
      OPEN.push(resource);
    }
  }

  /** PostgreSQL's programs stay between runs: unpacking costs more than starting. */
  static Path binaries() {
    return root().resolve("binaries");
  }

  /** Never the same twice: one that was given may not be bound yet. */
  static int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private static Path root() {
    return Path.of("target", "embedded-tests").toAbsolutePath();
  }

  private static void closeAll() {
    synchronized (OPEN) {
      while (!OPEN.isEmpty()) {
        try {
          OPEN.pop().close();
        } catch (Exception failure) {
          System.err.println("tidying up after the tests failed: " + failure);
        }
      }
    }
    deleteBehindUs();
  }

  /** Thousands of files on a busy disk take longer than Surefire waits for a JVM to end. */
  private static void deleteBehindUs() {
    synchronized (FOLDERS) {
      List<String> command = new ArrayList<>(List.of("rm", "-rf", "--"));
      command.addAll(FOLDERS);
      try {
        new ProcessBuilder(command).start();
      } catch (IOException failure) {
        System.err.println("deleting the tests' folders failed: " + failure);
      }
    }
  }
}
