package io.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what there is of the topics. */
@Command(
    name = "list",
    description = {
      "Says of each topic whether it exists as planned; changes nothing.",
      "Ends with 1 if one is missing or differs."
    })
final class TopicsListCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Mixin TopicOptions wanted = new TopicOptions();

  @Override
  public ExitStatus call() throws InterruptedException {
    return TopicRun.of(wanted, spec.commandLine()).list();
  }
}
