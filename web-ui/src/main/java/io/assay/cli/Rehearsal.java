package io.assay.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands that answer without a server once, for nothing but the classes that they load:
 * the build keeps those in an archive from which later starts are quick.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * @param rules rule files to rehearse with; commands that come to nothing load their classes too
   */
  public static void main(String[] rules) {
    List<String[]> commands = new ArrayList<>();
    commands.add(new String[] {"--help"});
    commands.add(new String[] {"no-such-command"});
    commands.add(new String[] {"import", "mot", "/dev/null", "--frames", "1", "--fps", "1"});
    for (String rule : rules) {
      commands.add(new String[] {"check", rule});
      commands.add(new String[] {"fmt", "--check", rule});
      commands.add(new String[] {"test", rule});
      commands.add(new String[] {"backtest", rule, "--events", "/dev/null"});
      commands.add(new String[] {"diff", rule, rule, "--events", "/dev/null"});
    }
    for (String[] command : commands) {
      Assay.commandLine(nowhere(), nowhere()).execute(command);
    }
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
