package io.assay.cli;

import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayBatches;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays records that were put aside, each once. */
@Command(
    name = "replay",
    description = {
      "Sends records to the topic that they came from, with their key and headers.",
      "They are judged like any event; what is too late then is late again.",
      "With --rejudge they are judged where they would have stood."
    })
final class DeadLettersReplayCommand implements Callable<ExitStatus> {
  /** So many are looked up at once, without payloads. */
  private static final int PAGE = 500;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COORDINATES",
      description = "PARTITION@OFFSET, as list prints it.")
  List<String> coordinates = List.of();

  @Option(names = "--all", description = "All that fit --stream, --cause, --since, …")
  boolean all;

  @Mixin AsideFilterOptions wanted = new AsideFilterOptions();

  @Option(
      names = "--edit",
      paramLabel = "FILE",
      description = "Send the file's bytes in place of those that came; of one record.")
  @Nullable Path edit;

  @Option(names = "--again", description = "Also what was replayed before.")
  boolean again;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  boolean dryRun;

  @Mixin RejudgeOptions rejudge = new RejudgeOptions();

  @Mixin AsideOptions aside = new AsideOptions();

  private long sent;
  private long before;
  private long refused;

  @Override
  public ExitStatus call() {
    CommandLine command = spec.commandLine();
    requireClear(command);
    byte[] edited = edit == null ? null : bytes(edit);
    var appending =
        new Replayer(
            aside.clients(command), aside.topics(command), aside.project, Clock.systemUTC());
    Replayer replayer =
        rejudge.wanted ? appending.rejudging(rejudge.of(aside, command)) : appending;
    aside.read(
        command,
        reader -> {
          ReplayBatches batches = batches(replayer);
          if (all) {
            addAll(reader, batches);
          } else {
            addNamed(reader, batches, edited);
          }
          batches.finish();
          return sent;
        });
    PrintWriter out = command.getOut();
    out.printf(
        "%d %s, %d replayed before, %d refused%n",
        sent,
        (dryRun ? "would be " : "") + (rejudge.wanted ? "rejudged" : "sent"),
        before,
        refused);
    out.flush();
    return refused > 0 ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
  }

  private void requireClear(CommandLine command) {
    rejudge.requireClear(command);
    if (all == !coordinates.isEmpty()) {
      throw new ParameterException(
          command, "needs either COORDINATES, as list prints them, or --all with a filter");
    }
    if (!all && !wanted.isEmpty()) {
      throw new ParameterException(command, "filters go with --all, not with COORDINATES");
    }
    if (edit != null && coordinates.size() != 1) {
      throw new ParameterException(command, "--edit needs one record, got " + coordinates.size());
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReplayBatches batches(Replayer replayer) {
    var wish = new ReplayPlan.Wish(again, "command line");
    return dryRun
        ? ReplayBatches.planning(replayer, wish, this::tell)
        : ReplayBatches.replaying(replayer, wish, this::tell);
  }

  private void addNamed(AsideReader reader, ReplayBatches batches, byte @Nullable [] edited) {
    List<Position> positions =
        new ArrayList<>(
            new LinkedHashSet<>(coordinates.stream().map(AsideOptions::position).toList()));
    // Before the first is sent, so that a slip of the pen sends nothing.
    positions.forEach(position -> aside.one(reader, position));
    for (Position position : positions) {
      PutAside found = aside.one(reader, position);
      batches.add(edited == null ? Chosen.untouched(found) : Chosen.edited(found, edited));
    }
  }

  /** What is put aside meanwhile, by this very replay too, is not meant: it ends where it began. */
  private void addAll(AsideReader reader, ReplayBatches batches) {
    AsideFilter filter = wanted.of(aside.project).upTo(reader.ends());
    Position after = null;
    do {
      AsideReader.Page page = reader.page(filter, after, PAGE);
      for (PutAside each : page.records()) {
        reader.read(each.position()).map(Chosen::untouched).ifPresent(batches::add);
      }
      after = page.next();
    } while (after != null);
  }

  private void tell(Replayer.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(told(outcome));
    out.flush();
  }

  private String told(Replayer.Outcome outcome) {
    String head = outcome.aside().position() + "  ";
    return switch (outcome.plan()) {
      case ReplayPlan.Send(String topic) -> {
        sent++;
        yield head + (dryRun ? "would go to " + topic : "sent to " + outcome.sentTo());
      }
      case ReplayPlan.Judge(var judgement) -> {
        sent++;
        yield head + (dryRun ? "would be " : "") + "rejudged: " + judgement.told();
      }
      case ReplayPlan.Replayed replayed -> {
        before++;
        yield head + replayed.why() + "; --again does it once more";
      }
      case ReplayPlan.Refused(String why) -> {
        refused++;
        yield head + "refused: " + why;
      }
    };
  }
}
