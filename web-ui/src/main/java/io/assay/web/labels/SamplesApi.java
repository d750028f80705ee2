package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import io.assay.web.violations.PrivateRight;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Labels for training and for labelling tools. */
@RestController
class SamplesApi {
  private final SampleQueries samples;
  private final ExportViews views;
  private final Access access;

  SamplesApi(SampleQueries samples, ExportViews views, Access access) {
    this.samples = samples;
    this.views = views;
    this.access = access;
  }

  /**
   * All samples of a round, or of all rounds, as a file.
   *
   * @param outside what becomes of what a label does not speak of: {@code mask} leaves it out,
   *     {@code refuse} gives no file where there is any
   */
  @GetMapping("/api/v1/projects/{project}/samples")
  void export(
      @PathVariable String project,
      @RequestParam(defaultValue = "json-lines") String format,
      @RequestParam(required = false) @Nullable Long round,
      @RequestParam(defaultValue = "mask") String outside,
      @RequestParam(defaultValue = "25") double fps,
      @AuthenticationPrincipal @Nullable SignedIn person,
      HttpServletResponse response)
      throws IOException {
    ExportWish wish = ExportWish.of(format, round, outside, fps);
    if (round != null && !samples.hasRound(project, round)) {
      throw new Refused(HttpStatus.NOT_FOUND, "there is no round " + round);
    }
    String reader = AnswerRight.hiddenFrom(access, person, project);
    boolean clear = PrivateRight.of(access, person, project);
    String here = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    ExportView view = views.of(project, clear, here);
    try (var folder = new SpoolFolder()) {
      Path file = folder.file("export");
      Exported exported;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        exported =
            samples.read(
                project, wish.round(), view, reader, read -> {}, found -> wish.write(found, out));
      }
      int leftOut = exported.leftOut() + samples.leftOut(project, wish.round(), reader);
      send(project, wish, exported, leftOut, file, response);
    }
  }

  /** Once it is whole: whoever reads slowly keeps no snapshot of the database. */
  private static void send(
      String project,
      ExportWish wish,
      Exported exported,
      int leftOut,
      Path file,
      HttpServletResponse response)
      throws IOException {
    response.setContentType(wish.format().contentType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s\"".formatted(wish.fileName(project)));
    response.setHeader("X-Assay-Samples", Integer.toString(exported.samples()));
    response.setHeader("X-Assay-Left-Out", Integer.toString(leftOut));
    response.setContentLengthLong(Files.size(file));
    Files.copy(file, response.getOutputStream());
  }
}
