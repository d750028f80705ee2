package io.assay.cli;

import io.assay.assertion.rule.FunctionCatalogue;
import io.assay.assertion.rule.Overload;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the functions that rules may call, those of extensions among them. */
@Command(
    name = "functions",
    description = "Lists the functions that rules may call, with what they take and give.")
final class FunctionsCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "Only those with this in their name or meaning.")
  String text = "";

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean well = FunctionCatalogue.problems().isEmpty();
    FunctionCatalogue.problems().forEach(problem -> err.println("assay: " + problem));
    String wanted = text.toLowerCase(Locale.ROOT);
    FunctionCatalogue.installed().all().stream()
        .filter(overload -> Character.isLetter(overload.function().charAt(0)))
        .filter(overload -> line(overload).toLowerCase(Locale.ROOT).contains(wanted))
        .sorted(Comparator.comparing(Overload::function))
        .forEach(overload -> out.println(line(overload)));
    out.flush();
    return well ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private static String line(Overload overload) {
    return overload.meaning().isEmpty()
        ? overload.signature()
        : overload.signature() + ": " + overload.meaning();
  }
}
