package io.assay.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Short commands of the system, run to their end. */
final class Commands {
  private Commands() {}

  /** How one ended, and all that it said on both its outputs. */
  record Outcome(int status, String output) {}

  static Outcome run(List<String> prefix, String... command) {
    try {
      Process process = builder(prefix, List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Outcome(process.onExit().join().exitValue(), output);
    } catch (IOException missing) {
      return new Outcome(127, String.valueOf(missing.getMessage()));
    }
  }

  static boolean succeeds(List<String> prefix, String... command) {
    return run(prefix, command).status() == 0;
  }

  static void signal(long process, String signal) {
    // A shell has kill built in; the program of that name is missing on small systems.
    run(List.of("sh", "-c"), "kill -%s %d".formatted(signal, process));
  }

  /** Free of the settings that a user's own PostgreSQL left in the environment. */
  static ProcessBuilder builder(List<String> prefix, List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    return builder;
  }
}
