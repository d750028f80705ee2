package io.assay.cli;

import io.assay.stream.archive.Archive;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleGenerations;
import io.assay.stream.repair.Rejudge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether records put aside are judged in their keys' history, and where this is. */
final class RejudgeOptions {
  private static final Duration RULES_WITHIN = Duration.ofSeconds(10);

  @Option(
      names = "--rejudge",
      description = {
        "Judge them in the history of their keys instead of sending them to their topic.",
        "What they add to it becomes violations, marked as of a repair."
      })
  boolean wanted;

  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      description = "Where the history is: the folder that the processors archive to.")
  @Nullable Path archive;

  @Option(
      names = "--around",
      paramLabel = "D",
      converter = StepOption.class,
      description = "How much history before and after each is judged (default: 24h).")
  @Nullable Long around;

  /**
   * @throws ParameterException where options do not go together
   */
  void requireClear(CommandLine command) {
    if (wanted && archive == null) {
      throw new ParameterException(command, "--rejudge needs --archive FOLDER");
    }
    if (!wanted && (archive != null || around != null)) {
      throw new ParameterException(command, "--archive and --around go with --rejudge");
    }
  }

  /** With the rules that are published now. */
  Rejudge of(AsideOptions aside, CommandLine command) {
    Path folder = archive;
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.couldNotRun("there is no archive in " + folder);
    }
    RuleGeneration rules = rules(aside, command);
    return new Rejudge(
        rules.rules(),
        rules.number(),
        new Archive(new FolderStore(folder), aside.project),
        aside.project,
        around == null ? Rejudge.AROUND : Duration.ofNanos(around));
  }

  private static RuleGeneration rules(AsideOptions aside, CommandLine command) {
    var known = new RuleGenerations(aside.project, aside.topics(command));
    try (RuleFollower follower =
        RuleFollower.start(aside.clients(command), aside.topics(command), known::add)) {
      if (!follower.awaitCaughtUp(RULES_WITHIN)) {
        throw CommandFailure.couldNotRun(
            "the rules could not be read within %d seconds: %s"
                .formatted(RULES_WITHIN.toSeconds(), follower.failure()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.couldNotRun("interrupted while the rules were read", interrupted);
    }
    return known
        .newest()
        .orElseThrow(
            () ->
                CommandFailure.couldNotRun(
                    "project '%s' has no published rules to judge by".formatted(aside.project)));
  }
}
