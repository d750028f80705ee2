package io.assay.cli;

import io.assay.web.access.TokenRow;
import io.assay.web.access.Tokens;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists a project's tokens, newest first. */
@Command(name = "list", description = "Lists a project's tokens, the newest first.")
final class TokenListCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin DatabaseOptions database = new DatabaseOptions();

  @Override
  public ExitStatus call() {
    Tokens tokens = Tokens.of(database.open(spec.commandLine()));
    List<TokenRow> rows = DatabaseOptions.asked(() -> tokens.of(project.name));
    PrintWriter out = spec.commandLine().getOut();
    for (TokenRow row : rows) {
      out.printf(
          "%s  %-7s  %s  %s  streams %s, expires %s, last used %s, made by %s%n",
          row.id(),
          row.state().name().toLowerCase(Locale.ROOT),
          row.name(),
          row.scopesText(),
          row.streams().isEmpty() ? "all" : row.streamsText(),
          day(row.expires()),
          day(row.lastUsed()),
          row.createdBy());
    }
    if (rows.isEmpty()) {
      spec.commandLine().getErr().println("project " + project.name + " has no tokens");
    }
    return ExitStatus.WELL;
  }

  private static String day(@Nullable Instant instant) {
    return instant == null ? "never" : instant.truncatedTo(ChronoUnit.MINUTES).toString();
  }
}
