package io.assay.web.imputation;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerVersion;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Imputers of streams, for programs: versions and their cards, which is in force, choosing one. */
@RestController
@RequestMapping("/api/v1/projects/{project}/imputers")
class ImputerApi {
  private final ImputerItems items;

  ImputerApi(ImputerItems items) {
    this.items = items;
  }

  /** Streams that have an imputer, or whose rules ask for one. */
  record Listed(List<ImputerItems.Item> imputers) {}

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @GetMapping
  Listed list(@PathVariable String project) {
    return new Listed(items.of(project));
  }

  @GetMapping("/{stream}/versions/{version}")
  ImputerCard card(
      @PathVariable String project, @PathVariable String stream, @PathVariable long version) {
    return items.card(project, stream, version);
  }

  /** Its bytes, as {@code ./assay impute} reads them. */
  @GetMapping("/{stream}/versions/{version}/model")
  ResponseEntity<byte[]> model(
      @PathVariable String project, @PathVariable String stream, @PathVariable long version) {
    ImputerVersion whole = items.whole(project, stream, version);
    String file = "%s-%d.imputer".formatted(stream, version);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(file).build().toString())
        .eTag(whole.card().sha256())
        .body(whole.bytes());
  }

  /** Puts a version in force, which stays until it is released. */
  @PostMapping("/{stream}/versions/{version}/promote")
  ResponseEntity<Object> promote(
      @PathVariable String project,
      @PathVariable String stream,
      @PathVariable long version,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    items.promote(project, stream, version, person.getUsername(), why);
    return ResponseEntity.accepted().build();
  }

  /** What is pinned stays in force only until a better one is trained. */
  @PostMapping("/{stream}/release")
  ResponseEntity<Object> release(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    items.release(project, stream, person.getUsername(), why);
    return ResponseEntity.accepted().build();
  }
}
