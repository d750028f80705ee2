package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.ArchivedEvents;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.archive.Holding;
import io.assay.stream.archive.Selection;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an archive holds of the rules' streams; what it does not hold is told. */
final class ArchiveFolder implements PastEvents {
  private final List<Recording> recordings = new ArrayList<>();
  private final List<ArchivedEvents> open = new ArrayList<>();
  private final Extent extent;
  private final PrintWriter err;
  private boolean any;

  private ArchiveFolder(Extent extent, PrintWriter err) {
    this.extent = extent;
    this.err = err;
  }

  /**
   * @throws CommandFailure if it holds nothing in the range
   */
  static ArchiveFolder open(
      CheckedRules rules, Path folder, String project, Extent extent, PrintWriter err) {
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.couldNotRun("there is no archive in " + folder);
    }
    var past = new ArchiveFolder(extent, err);
    var archive = new Archive(new FolderStore(folder), project);
    rules.streams().forEach(stream -> past.add(archive, stream));
    err.flush();
    if (!past.any) {
      throw CommandFailure.couldNotRun(
          "the archive in %s holds nothing to judge for project '%s'".formatted(folder, project));
    }
    return past;
  }

  private void add(Archive archive, StreamType stream) {
    Optional<Holding> held = archive.holding(stream.name());
    if (held.isEmpty()) {
      err.printf("assay: the archive holds nothing of '%s'%n", stream.name());
      return;
    }
    Holding holding = held.get();
    any |= holding.to() >= extent.from() && holding.from() < extent.to();
    tell(stream.name(), holding);
    ArchivedEvents events =
        archive.events(stream.name(), new Selection(extent.from(), extent.to(), extent.keys()));
    open.add(events);
    recordings.add(new Recording(stream, events));
  }

  private void tell(String stream, Holding holding) {
    boolean early = extent.from() != Long.MIN_VALUE && extent.from() < holding.from();
    boolean late = extent.to() != Long.MAX_VALUE && extent.to() - 1 > holding.to();
    if (early || late) {
      err.printf(
          "assay: the archive holds '%s' from %s to %s, not the whole range%n",
          stream, instant(holding.from()), instant(holding.to()));
    }
    for (Holding.Hole hole : holding.holes()) {
      if (instant(extent.from()).isBefore(hole.before())
          && instant(extent.to()).isAfter(hole.after())) {
        err.printf(
            "assay: the archive lacks %,d records of '%s', received between %s and %s%n",
            hole.untilOffset() - hole.fromOffset(), stream, hole.after(), hole.before());
      }
    }
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public double progress() {
    long bytes = open.stream().mapToLong(ArchivedEvents::bytes).sum();
    long read = open.stream().mapToLong(ArchivedEvents::read).sum();
    return bytes == 0 ? -1 : (double) read / bytes;
  }

  @Override
  public void close() {}
}
