package io.assay.cli;

import io.assay.assertion.rule.FunctionCatalogue;
import io.assay.assertion.rule.Overload;
import io.assay.assertion.rule.Suggestions;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
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
    List<Overload> all =
        FunctionCatalogue.installed().all().stream()
            .filter(overload -> Character.isLetter(overload.function().charAt(0)))
            .sorted(Comparator.comparing(Overload::function))
            .toList();
    String wanted = text.toLowerCase(Locale.ROOT);
    List<String> lines =
        all.stream()
            .map(FunctionsCommand::line)
            .filter(line -> line.toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    if (lines.isEmpty() && well) {
      throw CommandFailure.wrongUse(unknown(all));
    }
    lines.forEach(out::println);
    out.flush();
    return well ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private String unknown(List<Overload> all) {
    List<String> names = all.stream().map(Overload::function).distinct().toList();
    return "no function has '%s' in its name or meaning%s"
        .formatted(text, Suggestions.didYouMean(text, names).map(s -> "; " + s).orElse(""));
  }

  private static String line(Overload overload) {
    return overload.meaning().isEmpty()
        ? overload.signature()
        : overload.signature() + ": " + overload.meaning();
  }
}
