package io.assay.web.aside;

import io.assay.stream.archive.Archive;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.Ends;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.Rejudge;
import io.assay.stream.repair.ReplayBatches;
import io.assay.stream.repair.ReplayNote;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import io.assay.web.access.Audit;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays records that were put aside, some at a time, and writes down who did it. */
final class Replays {
  /** Of one request; more are asked for again. */
  static final int MOST = 1000;

  private final AsideRecords records;
  private final ActiveRules rules;
  private final Optional<Path> archive;
  private final Audit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  /**
   * How to replay.
   *
   * @param again also what was replayed before
   * @param dryRun says what would be done, and does nothing
   * @param by who does it
   */
  record Wish(
      String project, boolean late, ReplayNote.Way way, boolean again, boolean dryRun, String by) {}

  /**
   * What became of them.
   *
   * @param next where to go on; null where all are done
   * @param upTo what was put aside behind was not meant; null where positions were given
   */
  record Result(List<Replayer.Outcome> outcomes, @Nullable Position next, @Nullable Ends upTo) {}

  Replays(
      AsideRecords records,
      ActiveRules rules,
      Optional<Path> archive,
      Audit audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.records = records;
    this.rules = rules;
    this.archive = archive;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whether there is a history to judge by. */
  boolean canRejudge() {
    return archive.filter(Files::isDirectory).isPresent();
  }

  /** Some by position, none twice; {@code edited} takes the place of the value of a single one. */
  Result named(Wish wish, List<Position> positions, byte @Nullable [] edited) {
    return records.read(
        wish.late(),
        reader -> {
          // Before the first is sent, so that a slip of the pen sends nothing.
          positions.forEach(one -> AsideRecords.one(reader, wish.project(), wish.late(), one));
          List<Replayer.Outcome> outcomes =
              replay(
                  wish,
                  positions,
                  position -> {
                    PutAside found =
                        AsideRecords.one(reader, wish.project(), wish.late(), position);
                    return Optional.of(
                        edited == null ? Chosen.untouched(found) : Chosen.edited(found, edited));
                  });
          return new Result(outcomes, null, null);
        });
  }

  /**
   * All that fit, up to a number, behind a position. What is put aside meanwhile, by this very
   * replay too, is not meant: who goes on with {@code upTo} ends where this began.
   */
  Result fitting(Wish wish, AsideFilter filter, @Nullable Position after, int limit) {
    return records.read(
        wish.late(),
        reader -> {
          Ends upTo = AsideRecords.upTo(reader, filter);
          AsideReader.Page page = reader.page(filter.upTo(upTo), after, limit);
          List<Position> positions = page.records().stream().map(PutAside::position).toList();
          List<Replayer.Outcome> outcomes =
              replay(wish, positions, position -> reader.read(position).map(Chosen::untouched));
          return new Result(outcomes, page.next(), upTo);
        });
  }

  /** In the order of the positions. What is done is written down, also where the rest fails. */
  private List<Replayer.Outcome> replay(
      Wish wish, List<Position> positions, Function<Position, Optional<Chosen>> read) {
    Map<Position, Replayer.Outcome> outcomes = new HashMap<>();
    var how = new ReplayPlan.Wish(wish.again(), wish.by());
    Consumer<Replayer.Outcome> told = one -> outcomes.put(one.aside().position(), one);
    Replayer replayer = replayer(wish);
    ReplayBatches batches =
        wish.dryRun()
            ? ReplayBatches.planning(replayer, how, told)
            : ReplayBatches.replaying(replayer, how, told);
    try {
      positions.forEach(position -> read.apply(position).ifPresent(batches::add));
      batches.finish();
    } finally {
      note(wish, ordered(positions, outcomes));
    }
    return ordered(positions, outcomes);
  }

  private static List<Replayer.Outcome> ordered(
      List<Position> positions, Map<Position, Replayer.Outcome> outcomes) {
    return positions.stream()
        .flatMap(one -> Optional.ofNullable(outcomes.get(one)).stream())
        .toList();
  }

  private Replayer replayer(Wish wish) {
    var appending = new Replayer(records.clients(), records.topics(), wish.project(), clock);
    return switch (wish.way()) {
      case APPEND -> appending;
      case REJUDGE -> appending.rejudging(rejudge(wish.project()));
    };
  }

  private Rejudge rejudge(String project) {
    Path folder =
        archive
            .filter(Files::isDirectory)
            .orElseThrow(
                () ->
                    Refused.bad(
                        "rejudging needs the archive: assay.archive.folder is not set here, or is"
                            + " no folder"));
    RuleGeneration generation =
        rules
            .generation(project)
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.CONFLICT, "the project has no published rules to judge by"));
    return new Rejudge(
        generation.rules(),
        generation.number(),
        new Archive(new FolderStore(folder), project),
        project,
        Rejudge.AROUND);
  }

  private void note(Wish wish, List<Replayer.Outcome> outcomes) {
    List<Replayer.Outcome> done = outcomes.stream().filter(one -> one.plan().isDone()).toList();
    if (!wish.dryRun() && !done.isEmpty()) {
      transactions.executeWithoutResult(
          status ->
              audit.note(
                  wish.project(),
                  wish.by(),
                  "aside." + wish.way().past(),
                  done.getFirst().aside().name(),
                  done.size() == 1 ? "" : "and %d others".formatted(done.size() - 1)));
    }
  }
}
