package io.assay.web.imputation;

import io.assay.assertion.event.StructType;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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
  private static final int MOST = 500;

  private final ImputerItems items;
  private final Filling filling;

  ImputerApi(ImputerItems items, Filling filling) {
    this.items = items;
    this.filling = filling;
  }

  /** A part of the streams that have an imputer, or whose rules ask for one, by their names. */
  record Listed(List<ImputerItems.Item> items, @Nullable String next) {}

  /**
   * All of one stream's imputer.
   *
   * @param fields that it fills; none where no rules ask for it
   * @param attention of the version in force: how much each field looks at each other one
   */
  record One(ImputerItems.Item imputer, List<String> fields, List<Attention> attention) {}

  /** What one field looks at. */
  record Attention(String field, List<Looked> looks) {
    static Attention of(AttentionMap.Row row) {
      return new Attention(
          row.name(),
          row.cells().stream().map(cell -> new Looked(cell.name(), cell.share())).toList());
    }
  }

  /** {@code share}: of all that it looks at, 0 to 1. */
  record Looked(String field, double share) {}

  /** In order of streams; {@code after} takes what the answer before named {@code next}. */
  @GetMapping
  Listed list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    requireLimit(limit);
    List<ImputerItems.Item> behind =
        items.of(project).stream().filter(one -> one.stream().compareTo(after) > 0).toList();
    return new Listed(
        behind.stream().limit(limit).toList(),
        behind.size() > limit ? behind.get(limit - 1).stream() : null);
  }

  /** One stream's imputer, with its attention. */
  @GetMapping("/{stream}")
  One one(@PathVariable String project, @PathVariable String stream) {
    ImputerItems.Item item =
        items.of(project).stream()
            .filter(one -> one.stream().equals(stream))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND, "there is no imputer of '%s'".formatted(stream)));
    Optional<ImputedStream> declared = filling.stream(project, stream);
    return new One(
        item,
        declared.stream()
            .flatMap(known -> known.fields().fields().stream())
            .map(StructType.Field::name)
            .toList(),
        declared.flatMap(known -> filling.inForce(project, known)).stream()
            .flatMap(ready -> AttentionMap.of(ready.imputer()).rows().stream())
            .map(Attention::of)
            .toList());
  }

  /** The newest first; {@code before} takes what the answer before named {@code next}. */
  @GetMapping("/{stream}/versions")
  ImputerItems.Versions versions(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = "50") int limit) {
    requireLimit(limit);
    return items.versions(project, stream, before, limit);
  }

  /** Who put which in force, the newest first; {@code before} likewise. */
  @GetMapping("/{stream}/choices")
  ImputerItems.Choices choices(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "50") int limit) {
    requireLimit(limit);
    return items.choices(project, stream, ChoicePlace.read("before", before), limit);
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
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
