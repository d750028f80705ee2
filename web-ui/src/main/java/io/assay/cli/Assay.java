package io.assay.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code assay} command.
 *
 * <p>A new command is a class with {@code @Command} that implements {@code Callable<ExitStatus>}
 * and stands in {@code subcommands} below. It writes its answer to {@code
 * spec.commandLine().getOut()}, progress to {@code getErr()}, and ends early by a {@link
 * CommandFailure} or an unchecked I/O exception. Spring is started only by the commands that are
 * servers.
 */
@Command(
    name = "assay",
    description = "Judges the predictions of machine-learning models while they happen.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  well",
      "  1  a check did not pass: rule errors, failed tests, a gate",
      "  2  wrong use of the command line",
      "  3  could not run: a file, a port or a server stood in the way"
    },
    subcommands = {
      AccountCommand.class,
      BacktestCommand.class,
      CanonicalCommand.class,
      CheckCommand.class,
      DeadLettersCommand.class,
      DemoCommand.class,
      DiffCommand.class,
      DrillCommand.class,
      EvalCommand.class,
      ExplainCommand.class,
      FormatCommand.class,
      FunctionsCommand.class,
      GateCommand.class,
      ImportCommand.class,
      JudgeLabelsCommand.class,
      LearnCommand.class,
      MappingCommand.class,
      ProduceCommand.class,
      ServeCommand.class,
      SimulateCommand.class,
      StabilityCommand.class,
      ImputeCommand.class,
      TestCommand.class,
      TokenCommand.class,
      TopicsCommand.class
    })
public final class Assay {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  boolean debug;

  @Option(
      names = "--functions",
      scope = ScopeType.INHERIT,
      paramLabel = "JAR",
      description = "Functions for rules: jars, or folders of them. Default: $ASSAY_FUNCTIONS.")
  List<Path> functions = List.of();

  private Assay() {}

  public static void main(String[] args) {
    CommandLine.Help.Ansi ansi = CommandLine.Help.Ansi.AUTO;
    PrintWriter out = utf8(FileDescriptor.out, false);
    PrintWriter err = utf8(FileDescriptor.err, true);
    int code =
        commandLine(out, err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
            .execute(args);
    if (out.checkError()) {
      err.println("assay: standard output could not be written");
      code = ExitStatus.COULD_NOT_RUN.code();
    }
    System.exit(code);
  }

  /** The whole command line, writing where it is told, so that tests can read both sides. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    var root = new Assay();
    return new CommandLine(root)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(root::runWithFunctions)
        .setParameterExceptionHandler((e, args) -> wrongUse(e))
        .setExecutionExceptionHandler((e, command, parsed) -> root.failed(e, command));
  }

  private int runWithFunctions(ParseResult parsed) {
    List<Path> jars =
        functions.isEmpty() ? FunctionJars.named(System.getenv("ASSAY_FUNCTIONS")) : functions;
    ClassLoader loader;
    try {
      loader = FunctionJars.loader(jars);
    } catch (CommandFailure | UncheckedIOException e) {
      return failed(e, parsed.commandSpec().commandLine());
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return run(parsed);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static int run(ParseResult parsed) {
    int code = new CommandLine.RunLast().execute(parsed);
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Object result = last.commandSpec().commandLine().getExecutionResult();
    return result instanceof ExitStatus status ? status.code() : code;
  }

  private static int wrongUse(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    PrintWriter err = e.getCommandLine().getErr();
    // picocli says the word twice of options that take NAME=VALUE
    err.println("assay: " + String.valueOf(e.getMessage()).replace("option option", "option"));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See '" + command.qualifiedName() + " --help'.");
    err.flush();
    return ExitStatus.WRONG_USE.code();
  }

  private int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (debug) {
      e.printStackTrace(err);
    }
    err.println("assay: " + FailureText.of(e));
    err.flush();
    ExitStatus status = e instanceof CommandFailure told ? told.status() : ExitStatus.COULD_NOT_RUN;
    return status.code();
  }

  private static PrintWriter utf8(FileDescriptor descriptor, boolean flushLines) {
    var stream = new FileOutputStream(descriptor);
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), flushLines);
  }
}
