package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.Machine;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.PrivateRight;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Exports that are written behind the request: started, looked at, cancelled, fetched. */
@RestController
@RequestMapping("/api/v1/projects/{project}/exports")
class ExportsApi {
  private static final int MOST = 50;

  private final ExportRuns runs;
  private final ExportWork work;
  private final SampleQueries samples;
  private final Access access;

  ExportsApi(ExportRuns runs, ExportWork work, SampleQueries samples, Access access) {
    this.runs = runs;
    this.work = work;
    this.samples = samples;
    this.access = access;
  }

  /**
   * One of them.
   *
   * @param status running, done, failed or cancelled
   * @param done samples read so far, {@code of} all
   */
  record Item(
      String id,
      String format,
      @Nullable Long round,
      String by,
      Instant at,
      String status,
      int done,
      int of,
      int samples,
      int leftOut,
      long bytes,
      String why) {
    static Item of(ExportRun run) {
      return new Item(
          run.id(),
          run.format(),
          run.round(),
          run.by(),
          run.at(),
          run.state(),
          run.done(),
          run.ofAll(),
          run.samples(),
          run.leftOut(),
          run.bytes(),
          run.why());
    }
  }

  /** The newest first. */
  @GetMapping
  Listing<Item> newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "20") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        runs.newest(project, TimePlace.read("after", after), limit + 1),
        limit,
        Item::of,
        run -> run.place().text());
  }

  /** Starts one, and answers at once. */
  @PostMapping
  ResponseEntity<Item> start(
      @PathVariable String project,
      @RequestParam(defaultValue = "json-lines") String format,
      @RequestParam(required = false) @Nullable Long round,
      @RequestParam(defaultValue = "mask") String outside,
      @RequestParam(defaultValue = "25") double fps,
      @AuthenticationPrincipal @Nullable SignedIn person,
      @AuthenticationPrincipal @Nullable Machine machine) {
    ExportWish wish = ExportWish.of(format, round, outside, fps);
    boolean clear = PrivateRight.of(access, person, project);
    String by = person != null ? person.name() : machine != null ? machine.name() : "";
    String here = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    String reader = AnswerRight.hiddenFrom(access, person, project);
    String id = work.start(project, wish, clear, by, reader, here);
    return ResponseEntity.accepted().body(Item.of(one(project, id)));
  }

  /** How far one is. */
  @GetMapping("/{export}")
  Item item(@PathVariable String project, @PathVariable("export") String id) {
    return Item.of(one(project, id));
  }

  /** Nobody wants it any more. */
  @PostMapping("/{export}/cancel")
  ResponseEntity<Void> cancel(@PathVariable String project, @PathVariable("export") String id) {
    one(project, id);
    if (!runs.cancel(project, id)) {
      throw new Refused(HttpStatus.CONFLICT, "export %s does not run".formatted(id));
    }
    return ResponseEntity.noContent().build();
  }

  /** The file of one that is done. */
  @GetMapping("/{export}/file")
  void file(
      @PathVariable String project,
      @PathVariable("export") String id,
      @AuthenticationPrincipal @Nullable SignedIn person,
      HttpServletResponse response)
      throws IOException {
    ExportRun run = one(project, id);
    if (run.status() != ExportRun.Status.DONE) {
      throw new Refused(
          HttpStatus.CONFLICT, "export %s has no file: it is %s".formatted(id, run.state()));
    }
    if (run.clear() && !PrivateRight.of(access, person, project)) {
      throw new Refused(
          HttpStatus.FORBIDDEN,
          "export %s has private fields; start one of your own".formatted(id));
    }
    String reader = AnswerRight.hiddenFrom(access, person, project);
    if (!run.isFor(reader) && samples.hides(project, reader)) {
      throw new Refused(
          HttpStatus.FORBIDDEN,
          "export %s may tell known answers of items that reviewers are given; one that you start now tells none"
              .formatted(id));
    }
    ExportWish wish = run.wish();
    response.setContentType(wish.format().contentType());
    response.setContentLengthLong(run.bytes());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s\"".formatted(wish.fileName(project)));
    runs.write(project, id, response.getOutputStream());
  }

  private ExportRun one(String project, String id) {
    return runs.one(project, id)
        .orElseThrow(
            () -> new Refused(HttpStatus.NOT_FOUND, "there is no export '%s'".formatted(id)));
  }
}
