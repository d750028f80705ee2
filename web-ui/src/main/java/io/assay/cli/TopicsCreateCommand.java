package io.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the topics that are missing. */
@Command(
    name = "create",
    description = {
      "Makes the topics that are missing, and says where an existing one is not as planned.",
      "What exists is never changed. Ends with 1 if one differs."
    })
final class TopicsCreateCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Option(names = "--dry-run", description = "Say what would be created, and create nothing.")
  boolean dryRun;

  @Mixin TopicOptions wanted = new TopicOptions();

  @Override
  public ExitStatus call() throws InterruptedException {
    return TopicRun.of(wanted, spec.commandLine()).create(dryRun);
  }
}
