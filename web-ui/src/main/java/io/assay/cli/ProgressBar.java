package io.assay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How far a long run has come, in one line of standard error that is written over.
 *
 * <p>Drawn only where standard error is a terminal, and only after a second: short runs stay quiet.
 */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long BETWEEN_NANOS = 200_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final long start;
  private long next;
  private boolean drawn;

  ProgressBar(PrintWriter err) {
    this(err, isTerminal(), System.nanoTime());
  }

  ProgressBar(PrintWriter err, boolean terminal, long start) {
    this.err = err;
    this.terminal = terminal;
    this.start = start;
    this.next = start + FIRST_NANOS;
  }

  /** Where there is no such link, as on macOS, nothing is drawn. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * @param share done, in 0 .. 1; negative where nobody knows
   */
  void show(double share, long events, long now) {
    if (!terminal || now < next) {
      return;
    }
    next = now + BETWEEN_NANOS;
    drawn = true;
    double seconds = (now - start) / 1e9;
    String rate =
        String.format(Locale.ROOT, "%,d events, %,.0f a second", events, events / seconds);
    err.print('\r' + (share < 0 ? rate : bar(share) + "  " + rate + left(share, seconds)) + "   ");
    err.flush();
  }

  private static String bar(double share) {
    int full = (int) Math.round(share * WIDTH);
    return String.format(
        Locale.ROOT, "%s%s %3.0f %%", "█".repeat(full), "░".repeat(WIDTH - full), share * 100);
  }

  private static String left(double share, double seconds) {
    return share < 0.01
        ? ""
        : String.format(Locale.ROOT, ", %.0f s left", seconds / share - seconds);
  }

  /** Takes the line away again. */
  void close() {
    if (drawn) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
