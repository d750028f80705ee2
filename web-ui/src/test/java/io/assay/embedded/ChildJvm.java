package io.assay.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@link EmbeddedProcess} in a JVM of its own, perhaps as another user. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Map<String, String> last = new LinkedHashMap<>();

  private ChildJvm(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** The commands that stand before {@code java}: none for this very user. */
  static ChildJvm start(List<String> prefix, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", ClassPath.READABLE, EmbeddedProcess.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("HOME");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildJvm(builder.start());
  }

  long pid() {
    return process.pid();
  }

  /** Reads on until a line begins with the word; its value. */
  String await(String word) throws IOException {
    while (true) {
      Optional<String> read = readLine();
      if (read.isEmpty()) {
        throw new IllegalStateException("ended before it said '" + word + "'; it said " + last);
      }
      if (read.get().equals(word)) {
        return said(word);
      }
    }
  }

  int awaitNumber(String word) throws IOException {
    return Integer.parseInt(await(word));
  }

  /** Reads all that it still says; what it said last under each word. */
  Map<String, String> finish() throws IOException {
    while (readLine().isPresent()) {
      // Remembered while reading.
    }
    process.onExit().join();
    return last;
  }

  /** By a signal: {@link Process#destroyForcibly} would also throw away what it has said. */
  void kill() {
    Commands.signal(process.pid(), "KILL");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String said(String word) {
    return last.getOrDefault(word, "");
  }

  private Optional<String> readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      return Optional.empty();
    }
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    last.put(word, line.substring(space + 1));
    return Optional.of(word);
  }

  /**
   * The class path of this JVM, linked where every user may read it: a home folder is often closed.
   */
  private static final class ClassPath {
    static final String READABLE = link();

    private static String link() {
      try {
        Path folder = TestFolders.untilExit("classpath");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
          Path file = Path.of(entry);
          entries.add(Files.isRegularFile(file) ? link(file, folder) : entry);
        }
        return String.join(File.pathSeparator, entries);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static String link(Path file, Path folder) throws IOException {
      Path target = folder.resolve(file.getFileName());
      if (!Files.exists(target)) {
        try {
          Files.createLink(target, file);
        } catch (IOException anotherFileSystem) {
          Files.copy(file, target);
        }
      }
      return target.toString();
    }
  }
}
