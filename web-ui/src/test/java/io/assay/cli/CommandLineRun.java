package io.assay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line inside the test's own process, with both sides of its output. */
public record CommandLineRun(int status, String out, String err) {
  public static CommandLineRun of(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Assay.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new CommandLineRun(status, out.toString(), err.toString());
  }
}
