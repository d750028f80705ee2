package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.system.AssayWeb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The web interface in a JVM of its own, which can be killed. */
final class IngestProcess implements AutoCloseable {
  private static final String PORT = "listening on ";
  private final Process process;
  final int port;

  private IngestProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The arguments are properties of the web interface. */
  public static void main(String[] arguments) {
    System.out.println(PORT + AssayWeb.start(Map.of(), arguments).port());
  }

  static IngestProcess start(Map<String, String> properties) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(IngestProcess.class.getName());
    properties.forEach((name, value) -> command.add("--" + name + "=" + value));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(PORT)) {
        return new IngestProcess(process, Integer.parseInt(line.substring(PORT.length())));
      }
    }
    throw new IllegalStateException("it ended before it listened");
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
