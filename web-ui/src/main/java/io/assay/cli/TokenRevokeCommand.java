package io.assay.cli;

import io.assay.web.access.Tokens;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a token at once. */
@Command(name = "revoke", description = "Ends a token: from now on it is refused.")
final class TokenRevokeCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The token's id, as list prints it.")
  String id;

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin DatabaseOptions database = new DatabaseOptions();

  @Override
  public ExitStatus call() {
    Tokens tokens = Tokens.of(database.open(spec.commandLine()));
    boolean there =
        DatabaseOptions.asked(() -> tokens.revoke(project.name, TokenCommand.ACTOR, id));
    if (!there) {
      throw CommandFailure.couldNotRun("project %s has no token '%s'".formatted(project.name, id));
    }
    return ExitStatus.WELL;
  }
}
