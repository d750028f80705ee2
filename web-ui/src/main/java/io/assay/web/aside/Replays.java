package io.assay.web.aside;

import io.assay.stream.archive.Archive;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.Rejudge;
import io.assay.stream.repair.ReplayNote;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import io.assay.web.access.Audit;
import io.assay.web.rules.ActiveRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays records that were put aside, some at a time, and writes down who did it. */
final class Replays {
  /** Of one request; more are asked for again. */
  static final int MOST = 1000;

  private static final int BATCH = 50;

  /** What is held at once where all of a key should be judged together. */
  private static final long MOST_BYTES = 64L << 20;

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

  /** What became of them; {@code next} is where to go on, null where all are done. */
  record Result(List<Replayer.Outcome> outcomes, @Nullable Position next) {}

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
    return noted(
        wish,
        records.read(
            wish.late(),
            reader -> {
              // Before the first is sent, so that a slip of the pen sends nothing.
              positions.forEach(one -> AsideRecords.one(reader, wish.project(), wish.late(), one));
              var batch = new Batch(wish, replayer(wish));
              for (Position position : positions) {
                PutAside found = AsideRecords.one(reader, wish.project(), wish.late(), position);
                batch.add(edited == null ? Chosen.untouched(found) : Chosen.edited(found, edited));
              }
              batch.flush();
              return new Result(batch.outcomes, null);
            }));
  }

  /** All that fit, up to a number, behind a position. */
  Result fitting(Wish wish, AsideFilter filter, @Nullable Position after, int limit) {
    return noted(
        wish,
        records.read(
            wish.late(),
            reader -> {
              AsideReader.Page page = reader.page(filter, after, limit);
              var batch = new Batch(wish, replayer(wish));
              for (PutAside each : page.records()) {
                reader.read(each.position()).map(Chosen::untouched).ifPresent(batch::add);
              }
              batch.flush();
              return new Result(batch.outcomes, page.next());
            }));
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
                    AsideRefused.bad(
                        "rejudging needs the archive: assay.archive.folder is not set here, or is"
                            + " no folder"));
    RuleGeneration generation =
        rules
            .generation(project)
            .orElseThrow(
                () ->
                    new AsideRefused(
                        HttpStatus.CONFLICT, "the project has no published rules to judge by"));
    return new Rejudge(
        generation.rules(),
        generation.number(),
        new Archive(new FolderStore(folder), project),
        project,
        Rejudge.AROUND);
  }

  /** Records are sent some at a time, or held until all of a key are there to be judged. */
  private static final class Batch {
    private final List<Replayer.Outcome> outcomes = new ArrayList<>();
    private final List<Chosen> waiting = new ArrayList<>();
    private final Wish wish;
    private final Replayer replayer;

    Batch(Wish wish, Replayer replayer) {
      this.wish = wish;
      this.replayer = replayer;
    }

    void add(Chosen one) {
      waiting.add(one);
      boolean full =
          switch (wish.way()) {
            case APPEND -> waiting.size() >= BATCH;
            case REJUDGE -> Chosen.bytes(waiting) >= MOST_BYTES;
          };
      if (full) {
        flush();
      }
    }

    void flush() {
      if (!waiting.isEmpty()) {
        var how = new ReplayPlan.Wish(wish.again(), wish.by());
        outcomes.addAll(
            wish.dryRun() ? replayer.plan(waiting, how) : replayer.replay(waiting, how));
        waiting.clear();
      }
    }
  }

  private Result noted(Wish wish, Result result) {
    long done =
        result.outcomes().stream()
            .filter(
                one ->
                    one.plan() instanceof ReplayPlan.Send || one.plan() instanceof ReplayPlan.Judge)
            .count();
    if (!wish.dryRun() && done > 0) {
      String first = result.outcomes().getFirst().aside().name();
      transactions.executeWithoutResult(
          status ->
              audit.note(
                  wish.project(),
                  wish.by(),
                  "aside." + wish.way().past(),
                  first,
                  done == 1 ? "" : "and %d others".formatted(done - 1)));
    }
    return result;
  }
}
