package io.assay.cli;

import io.assay.web.access.FirstAdministrator.Login;
import io.assay.web.access.PasswordRenewal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives an account a new password, and ends its sessions. */
@Command(
    name = "new-password",
    description = {
      "Gives an account a new password, prints it this once, and ends all its sessions.",
      "The changes of each of its projects say that the command line did."
    })
final class AccountNewPasswordCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "admin",
      description = "Who it is of (default: ${DEFAULT-VALUE}).")
  String name = "admin";

  @Mixin DatabaseOptions database = new DatabaseOptions();

  @Override
  public ExitStatus call() {
    PasswordRenewal renewal = PasswordRenewal.of(database.open(spec.commandLine()));
    Login login =
        DatabaseOptions.asked(() -> renewal.renew(name))
            .orElseThrow(
                () -> CommandFailure.couldNotRun("there is no account '%s'".formatted(name)));
    spec.commandLine().getOut().println(login.password());
    return ExitStatus.WELL;
  }
}
