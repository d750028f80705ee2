package io.assay.bench.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a command in a process of its own: nothing is compiled or warm but the disk's cache.
 *
 * @param wall seconds from the call to its end
 * @param cpu seconds that it and its children computed, in the user's and the system's time
 * @param said the last line of its answer
 */
record ColdRun(double wall, double cpu, String said) {
  /** As {@code times} of the shell prints the children's: minutes and seconds, user and system. */
  private static final Pattern TIMES =
      Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*\\z");

  static ColdRun of(Path command, List<String> arguments) {
    var line = new ArrayList<String>();
    line.addAll(List.of("sh", "-c", "\"$@\" || exit; times", "sh", command.toString()));
    line.addAll(arguments);
    try {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      double wall = (System.nanoTime() - start) / 1e9;
      Matcher times = TIMES.matcher(output);
      if (status != 0 || !times.find()) {
        throw new IllegalStateException(
            "%s ended with status %d: %s".formatted(line, status, output));
      }
      double cpu = seconds(times, 1) + seconds(times, 3);
      return new ColdRun(wall, cpu, answer(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The shell's own times and its children's are the last two lines. */
  private static String answer(String output) {
    List<String> lines = output.lines().toList();
    return lines.size() < 3 ? "" : lines.get(lines.size() - 3);
  }

  private static double seconds(Matcher times, int group) {
    return 60 * Double.parseDouble(times.group(group)) + Double.parseDouble(times.group(group + 1));
  }
}
