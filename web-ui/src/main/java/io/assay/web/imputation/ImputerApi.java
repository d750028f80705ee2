package io.assay.web.imputation;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputersInUse.Found;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.access.SignedIn;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
  private static final int SHOWN = 100;
  private static final int LONGEST_WHY = 500;

  private final ImputerQueries stored;
  private final KnownImputers known;
  private final ActiveRules rules;
  private final Wishes wishes;
  private final Clock clock;

  ImputerApi(
      ImputerQueries stored, KnownImputers known, ActiveRules rules, Wishes wishes, Clock clock) {
    this.stored = stored;
    this.known = known;
    this.rules = rules;
    this.wishes = wishes;
    this.clock = clock;
  }

  /** Streams that have an imputer, or whose rules ask for one. */
  record Listed(List<Item> imputers) {}

  /**
   * Of one stream.
   *
   * @param group of fields that the rules want filled; null where they want none
   * @param inForce the version that fills gaps now; null while there is none
   * @param pinned whether it stays, whatever is trained, until a person releases it
   * @param why there is none, or why the one that was chosen is not it; null where all is well
   * @param versions the newest first
   * @param choices who put which in force, the newest first
   */
  record Item(
      String stream,
      @Nullable String group,
      @Nullable Long inForce,
      boolean pinned,
      @Nullable String why,
      List<ImputerCard> versions,
      List<ImputerChoice> choices) {}

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @GetMapping
  Listed list(@PathVariable String project) {
    Optional<CheckedRules> now = rules.of(project);
    var names = new TreeSet<>(stored.streams(project));
    names.addAll(known.streams(project));
    now.ifPresent(set -> ImputedStream.of(set).forEach(one -> names.add(one.name())));
    List<Item> items = new ArrayList<>();
    for (String name : names) {
      items.add(item(project, name, now.flatMap(set -> ImputedStream.of(set, name))));
    }
    return new Listed(items);
  }

  private Item item(String project, String stream, Optional<ImputedStream> declared) {
    List<ImputerCard> versions = stored.cards(project, stream, SHOWN);
    List<ImputerChoice> choices = stored.choices(project, stream, SHOWN);
    boolean pinned =
        known.choices(project, stream).stream()
            .findFirst()
            .map(ImputerChoice::pinned)
            .orElse(false);
    if (declared.isEmpty()) {
      String why = "the rules in force impute nothing of this stream";
      return new Item(stream, null, null, pinned, why, versions, choices);
    }
    String name = declared.get().group().name();
    return switch (known.inForce(project, stream, declared.get().groupHash())) {
      case Found.InForce(var ready, var refused) ->
          new Item(
              stream,
              name,
              ready.card().version(),
              pinned,
              refused.isEmpty() ? null : refused,
              versions,
              choices);
      case Found.Missing(var why) -> new Item(stream, name, null, pinned, why, versions, choices);
    };
  }

  @GetMapping("/{stream}/versions/{version}")
  ImputerCard card(
      @PathVariable String project, @PathVariable String stream, @PathVariable long version) {
    return stored
        .card(project, stream, version)
        .or(() -> known.version(project, stream, version).map(ImputerVersion::card))
        .orElseThrow(() -> missing(stream, version));
  }

  /** Its bytes, as {@code ./assay impute} reads them. */
  @GetMapping("/{stream}/versions/{version}/model")
  ResponseEntity<byte[]> model(
      @PathVariable String project, @PathVariable String stream, @PathVariable long version) {
    ImputerVersion whole = whole(project, stream, version);
    String file = "%s-%d.imputer".formatted(stream, version);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(file).build().toString())
        .eTag(whole.card().sha256())
        .body(whole.bytes());
  }

  private ImputerVersion whole(String project, String stream, long version) {
    return known
        .version(project, stream, version)
        .or(() -> stored.version(project, stream, version))
        .orElseThrow(() -> missing(stream, version));
  }

  /** Puts a version in force, which stays until it is released. */
  @PostMapping("/{stream}/versions/{version}/promote")
  ResponseEntity<Object> promote(
      @PathVariable String project,
      @PathVariable String stream,
      @PathVariable long version,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    requireShort(why);
    ImputerVersion whole = whole(project, stream, version);
    boolean isThere = known.version(project, stream, version).isPresent();
    wishes.send(
        choice(project, stream, version, true, person, why),
        isThere ? Optional.empty() : Optional.of(whole));
    return ResponseEntity.accepted().build();
  }

  /** What is pinned stays in force only until a better one is trained. */
  @PostMapping("/{stream}/release")
  ResponseEntity<Object> release(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "") String why,
      @AuthenticationPrincipal SignedIn person) {
    requireShort(why);
    ImputerChoice pinned =
        known.choices(project, stream).stream()
            .findFirst()
            .filter(ImputerChoice::pinned)
            .orElseThrow(
                () ->
                    new Refused(
                        known.isConnected() ? HttpStatus.CONFLICT : HttpStatus.SERVICE_UNAVAILABLE,
                        "no version of the imputer of '%s' is pinned".formatted(stream)));
    wishes.send(choice(project, stream, pinned.version(), false, person, why), Optional.empty());
    return ResponseEntity.accepted().build();
  }

  private ImputerChoice choice(
      String project, String stream, long version, boolean pinned, SignedIn person, String why) {
    return new ImputerChoice(
        project, stream, version, pinned, person.getUsername(), why, clock.millis());
  }

  private static void requireShort(String why) {
    if (why.length() > LONGEST_WHY) {
      throw new Refused(
          HttpStatus.BAD_REQUEST,
          "why needs at most %d characters, got %d".formatted(LONGEST_WHY, why.length()));
    }
  }

  private static Refused missing(String stream, long version) {
    return new Refused(
        HttpStatus.NOT_FOUND,
        "there is no version %d of an imputer of '%s'".formatted(version, stream));
  }
}
