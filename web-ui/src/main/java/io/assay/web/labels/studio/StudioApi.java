package io.assay.web.labels.studio;

import io.assay.web.access.Audit;
import io.assay.web.access.Machine;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.ExportView;
import io.assay.web.labels.ExportViews;
import io.assay.web.labels.PackedProject;
import io.assay.web.labels.SampleQueries;
import io.assay.web.labels.VideoTiming;
import io.assay.web.labels.studio.StudioClient.StudioRefused;
import io.assay.web.labels.studio.StudioProjects.Linked;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A round to Label Studio, and what people say there. */
@RestController
class StudioApi {
  private static final int MOST_BYTES = 8 << 20;

  private final StudioSettings settings;
  private final StudioLoop loop;
  private final StudioProjects projects;
  private final SampleQueries samples;
  private final ExportViews views;
  private final Audit audit;
  private final TransactionTemplate transactions;

  StudioApi(
      StudioSettings settings,
      StudioLoop loop,
      StudioProjects projects,
      SampleQueries samples,
      ExportViews views,
      Audit audit,
      TransactionTemplate transactions) {
    this.settings = settings;
    this.loop = loop;
    this.projects = projects;
    this.samples = samples;
    this.views = views;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** A project of Label Studio with a round's samples. */
  record Made(long number, int samples, int tasks, int leftOut) {}

  /** Projects of Label Studio that were made from here. */
  record Listing(List<Item> items) {}

  /** One of them; {@code asked}: when what was said there was last taken, null: not yet. */
  record Item(String project, long number, String title, @Nullable Instant asked) {
    static Item of(Linked linked) {
      return new Item(
          linked.project(), linked.number(), linked.title(), linked.asked().orElse(null));
    }
  }

  /** Answered at once, and worked on later: an annotator waits there. */
  @PostMapping("/api/v1/projects/{project}/labels/label-studio")
  ResponseEntity<Void> told(
      @PathVariable String project,
      @AuthenticationPrincipal @Nullable Machine machine,
      HttpServletRequest request) {
    Predicate<String> reaches = machine == null ? stream -> true : machine::reaches;
    boolean room = loop.offer(project, reaches, body(request));
    return ResponseEntity.status(room ? HttpStatus.ACCEPTED : HttpStatus.SERVICE_UNAVAILABLE)
        .build();
  }

  private static byte[] body(HttpServletRequest request) {
    try {
      byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
      if (body.length == 0 || body.length > MOST_BYTES) {
        throw Refused.bad(
            "needed what Label Studio's webhook sends, of 1 to %d bytes".formatted(MOST_BYTES));
      }
      return body;
    } catch (IOException failure) {
      throw Refused.bad("the body did not come whole");
    }
  }

  @GetMapping("/api/v1/projects/{project}/label-studio")
  Listing made(@PathVariable String project) {
    return new Listing(projects.of(project).stream().map(Item::of).toList());
  }

  /** Makes a project there, with everything that an author may see, private fields too. */
  @PostMapping("/api/v1/projects/{project}/label-studio")
  Made make(
      @PathVariable String project,
      @RequestParam(required = false) @Nullable Long round,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    if (round == null) {
      throw Refused.bad("needed the number of a round, ?round=3");
    }
    String here = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    ExportView view = views.of(project, true, here);
    if (samples.count(project, OptionalLong.of(round), "")
        <= samples.leftOut(project, OptionalLong.of(round), "")) {
      throw new Refused(HttpStatus.NOT_FOUND, "round %d has no samples".formatted(round));
    }
    String title = "%s round %d".formatted(project, round);
    StudioExport.Made made;
    try (PackedProject packed = packed(project, round, view)) {
      made = make(title, packed);
    }
    String by = person == null ? "" : person.name();
    transactions.executeWithoutResult(
        status -> {
          projects.add(Linked.made(project, made.number(), title), by);
          audit.note(project, by, "samples.exported", title, "Label Studio " + made.number());
        });
    return new Made(
        made.number(),
        made.exported().samples(),
        made.exported().entries(),
        made.exported().leftOut());
  }

  private PackedProject packed(String project, long round, ExportView view) {
    var timing = new VideoTiming(settings.framesPerSecond());
    try {
      return samples.read(
          project,
          OptionalLong.of(round),
          view,
          "",
          read -> {},
          found -> new PackedProject(found, timing));
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }

  private StudioExport.Made make(String title, PackedProject project) {
    try (StudioClient client =
        new StudioClient(
            settings,
            settings
                .address()
                .orElseThrow(
                    () ->
                        new Refused(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "assay.labels.studio.url says where Label Studio is, and is not"
                                + " set")))) {
      return StudioExport.make(client, title, project);
    } catch (StudioRefused refusal) {
      throw new Refused(HttpStatus.BAD_GATEWAY, String.valueOf(refusal.getMessage()));
    }
  }
}
