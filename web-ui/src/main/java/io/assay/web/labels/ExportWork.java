package io.assay.web.labels;

import io.assay.web.system.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Writes exports behind the page, tells how far they are, and stops when nobody wants them. */
@Component
class ExportWork {
  private static final Logger LOG = LoggerFactory.getLogger(ExportWork.class);

  /** Each holds a connection to the database, and room on the disk; the others wait. */
  private static final int AT_A_TIME = 2;

  private static final Duration TOLD = Duration.ofMillis(250);

  private final SampleQueries samples;
  private final ExportViews views;
  private final ExportRuns runs;
  private final Clock clock;
  private final Semaphore room = new Semaphore(AT_A_TIME);

  ExportWork(SampleQueries samples, ExportViews views, ExportRuns runs, Clock clock) {
    this.samples = samples;
    this.views = views;
    this.runs = runs;
    this.clock = clock;
  }

  /** It was cancelled. */
  private static final class Unwanted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unwanted() {
      super("nobody wants it any more", null, false, false);
    }
  }

  /**
   * Starts one; returns its id.
   *
   * @param reader who is not told answers that are known; empty for who may know them
   * @param here this web interface's address, for links to media
   * @throws Refused where there is no such round
   */
  String start(
      String project, ExportWish wish, boolean clear, String by, String reader, String here) {
    if (wish.round().isPresent() && !samples.hasRound(project, wish.round().getAsLong())) {
      throw new Refused(HttpStatus.NOT_FOUND, "there is no round " + wish.round().getAsLong());
    }
    String id = runs.start(project, wish, clear, by, reader);
    ExportView view = views.of(project, clear, here);
    Thread.ofVirtual().name("export-" + id).start(() -> run(project, id, wish, view, reader));
    return id;
  }

  private void run(String project, String id, ExportWish wish, ExportView view, String reader) {
    try {
      while (!room.tryAcquire(TOLD.toMillis() * 20, TimeUnit.MILLISECONDS)) {
        tell(project, id, 0, 0);
      }
      try {
        write(project, id, wish, view, reader);
      } finally {
        room.release();
      }
    } catch (Unwanted cancelled) {
      LOG.debug("export {} was cancelled", id);
    } catch (Refused refused) {
      runs.failed(project, id, refused.detail());
    } catch (IOException | RuntimeException failure) {
      LOG.warn("export {} of project {} failed", id, project, failure);
      runs.failed(project, id, "it failed: " + failure.getClass().getSimpleName());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(String project, String id, ExportWish wish, ExportView view, String reader)
      throws IOException {
    int all = samples.count(project, wish.round(), reader);
    tell(project, id, 0, all);
    var told = new Told(project, id, all, wish.readings());
    try (var folder = new SpoolFolder()) {
      Path file = folder.file("export");
      Exported exported;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        exported =
            samples.read(
                project, wish.round(), view, reader, told::read, found -> wish.write(found, out));
      }
      tell(project, id, all, all);
      int leftOut = exported.leftOut() + samples.leftOut(project, wish.round(), reader);
      runs.done(project, id, exported, leftOut, file);
    }
  }

  private void tell(String project, String id, int done, int all) {
    if (!runs.progress(project, id, done, all)) {
      throw new Unwanted();
    }
  }

  /** Tells now and then how many are read. */
  private final class Told {
    private final String project;
    private final String id;
    private final int all;
    private final int readings;
    private Instant next = clock.instant().plus(TOLD);

    Told(String project, String id, int all, int readings) {
      this.project = project;
      this.id = id;
      this.all = all;
      this.readings = readings;
    }

    void read(int done) {
      Instant now = clock.instant();
      if (now.isAfter(next)) {
        next = now.plus(TOLD);
        tell(project, id, Math.min(all, done / readings), all);
      }
    }
  }
}
