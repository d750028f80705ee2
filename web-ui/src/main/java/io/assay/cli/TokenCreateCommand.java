package io.assay.cli;

import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token, and prints it on standard output this once. */
@Command(name = "create", description = "Makes a token and prints it; nobody can show it again.")
final class TokenCreateCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "What people call the program.")
  String name;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      defaultValue = "ingest",
      description =
          "ingest, labels, read, repair, impute or metrics; several with commas (default:"
              + " ${DEFAULT-VALUE}).")
  List<Scope> scopes = List.of();

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      split = ",",
      description = "The streams that it may send to (default: all).")
  List<String> streams = List.of();

  @Option(
      names = "--days",
      paramLabel = "D",
      description = "Days until it expires (default: never).")
  @Nullable Integer days;

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin DatabaseOptions database = new DatabaseOptions();

  @Override
  public ExitStatus call() {
    Instant expires = days == null ? null : Instant.now().plus(Duration.ofDays(days));
    var wish = new TokenWish(name, new HashSet<>(scopes), Set.copyOf(streams), expires);
    Tokens tokens = Tokens.of(database.open(spec.commandLine()));
    return switch (DatabaseOptions.asked(
        () -> tokens.create(project.name, TokenCommand.ACTOR, wish))) {
      case Tokens.Creation.Made made -> {
        spec.commandLine().getOut().println(made.secret());
        yield ExitStatus.WELL;
      }
      case Tokens.Creation.Refused(List<String> problems) ->
          throw CommandFailure.wrongUse(String.join("; ", problems));
    };
  }
}
