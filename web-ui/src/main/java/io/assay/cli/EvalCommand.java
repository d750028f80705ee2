package io.assay.cli;

import io.assay.assertion.eval.term.ExpressionLines;
import io.assay.assertion.rule.CheckedExpression;
import io.assay.assertion.rule.Dialect;
import io.assay.assertion.rule.ExpressionCompiler;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates expressions outside of any rule. */
@Command(name = "eval", description = "Evaluates an expression, or those of a file of JSON lines.")
final class EvalCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  What what;

  @Option(names = "--strict", description = "CEL alone, without what rules add to it.")
  boolean strict;

  /** One expression, or a file of them. */
  static final class What {
    @Parameters(paramLabel = "EXPRESSION", arity = "1", description = "As in: '10 %% 3'.")
    @Nullable String expression;

    @Option(
        names = "--batch",
        paramLabel = "FILE",
        description = {
          "Lines such as {\"expr\": \"x + 1\", \"bindings\": {\"x\": {\"int\": \"1\"}}}.",
          "Each is answered by one line: a tagged value or {\"error\": \"...\"}."
        })
    @Nullable Path batch;
  }

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    var lines = new ExpressionLines(strict ? Dialect.CEL : Dialect.ASSAY);
    ExitStatus status =
        what.batch == null
            ? one(String.valueOf(what.expression), lines, out)
            : all(what.batch, lines, out);
    out.flush();
    return status;
  }

  private ExitStatus one(String expression, ExpressionLines lines, PrintWriter out) {
    var source = new SourceFile("expression", expression);
    CheckedExpression checked =
        new ExpressionCompiler(strict ? Dialect.CEL : Dialect.ASSAY, false)
            .compile(source, Map.of());
    out.print(new IssueRenderer(List.of(source)).render(checked.issues()));
    if (checked.term().isEmpty()) {
      return ExitStatus.CHECK_FAILED;
    }
    String answer = lines.value(checked);
    out.println(answer);
    return answer.startsWith("{\"error\"") ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
  }

  /** Bytes that are no UTF-8 are read as such, so that a broken line breaks no other. */
  private static ExitStatus all(Path file, ExpressionLines lines, PrintWriter out) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        out.println(lines.answer(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitStatus.WELL;
  }
}
