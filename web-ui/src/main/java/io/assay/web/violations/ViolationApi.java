package io.assay.web.violations;

import io.assay.assertion.Violation;
import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the pages of violations show, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/violations")
class ViolationApi {
  private static final int MOST = 500;

  private final ViolationQueries violations;
  private final ViolationLists lists;
  private final CountedViolations counted;
  private final Frames frames;
  private final ViolationReading reading;
  private final Neighbourhood around;
  private final Access access;
  private final JsonMapper json;

  ViolationApi(
      ViolationQueries violations,
      ViolationLists lists,
      CountedViolations counted,
      Frames frames,
      ViolationReading reading,
      Neighbourhood around,
      Access access,
      JsonMapper json) {
    this.violations = violations;
    this.lists = lists;
    this.counted = counted;
    this.frames = frames;
    this.reading = reading;
    this.around = around;
    this.access = access;
    this.json = json;
  }

  /**
   * Newest first; {@code before} takes the cursor that the former answer named {@code next}. With
   * {@code sort=oldest} the oldest are first, with {@code sort=severity} the most severe, and
   * {@code after} takes the cursor. Where few fit, a part may be short, or empty, and yet have a
   * next: so far was looked.
   */
  @GetMapping
  Listing list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    ViolationFilter filter = ViolationFilter.of(query).requireClear();
    io.assay.web.system.Listing.requireLimit(limit, MOST);
    boolean clear = PrivateRight.of(access, person, project);
    Slice slice = lists.slice(project, filter, query, limit, clear);
    return new Listing(
        slice.rows().stream().map(ViolationItem::of).toList(),
        slice.on(filter).orElse(null),
        counted.kept(project, filter).orElse(null));
  }

  @GetMapping("/{day}/{id}")
  Detail one(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    boolean clear = PrivateRight.of(access, person, project);
    StoredViolation stored = stored(project, day, id, clear);
    return new Detail(
        ViolationItem.of(stored.row()),
        stored.judgementHash(),
        clear
            ? json.readTree(stored.evidence())
            : withoutFields(stored.evidence(), stored.row().key()));
  }

  private StoredViolation stored(String project, LocalDate day, String id, boolean clear) {
    return violations
        .one(project, day, id, clear)
        .orElseThrow(
            () ->
                counted
                    .place(project, day, id)
                    .map(place -> new ResponseStatusException(HttpStatus.GONE, place.text()))
                    .orElseGet(
                        () ->
                            new ResponseStatusException(
                                HttpStatus.NOT_FOUND, "there is no violation " + day + "/" + id)));
  }

  /**
   * The events of the evidence around the deciding one, with links to their images. Of boxes no one
   * can tell which are private: whoever has no right to those sees none.
   */
  @GetMapping("/{day}/{id}/clip")
  Clip clip(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @RequestParam(defaultValue = "8") int around,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    if (around < 0 || around > Violation.MOST_EVENTS) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "around needs 0 .. " + Violation.MOST_EVENTS + ", got " + around);
    }
    boolean clear = PrivateRight.of(access, person, project);
    StoredViolation stored = stored(project, day, id, clear);
    JsonNode record = json.readTree(stored.evidence());
    List<Frame> drawn =
        clear
            ? frames.of(
                project, Evidence.of(record, clear), record.path("at").asLong(0), Overlay.none())
            : List.of();
    return Clip.around(drawn, record.path("decidingEvent").asString(""), around);
  }

  /** Why it was one: the parts of its condition, features, lanes, labels and corrections. */
  @GetMapping("/{day}/{id}/story")
  ViolationStory story(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    boolean clear = PrivateRight.of(access, person, project);
    StoredViolation stored = stored(project, day, id, clear);
    Optional<String> episode = around.episode(project, day, id);
    return ViolationStory.of(
        reading.of(project, stored, clear),
        episode.orElse(null),
        episode
            .flatMap(one -> around.said(project, one))
            .filter(found -> !found.isEmpty())
            .orElse(null),
        clear);
  }

  /** Episodes of the same assertion that are about as severe: the six most alike. */
  @GetMapping("/{day}/{id}/similar")
  Alike similar(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    boolean clear = PrivateRight.of(access, person, project);
    ViolationRow row = stored(project, day, id, clear).row();
    String episode = around.episode(project, day, id).orElse("");
    return new Alike(
        around.similar(project, row, episode, clear).stream().map(AlikeItem::of).toList());
  }

  /** What may be private goes: the fields, the values, and the texts made of them. */
  private JsonNode withoutFields(String evidence, String shownKey) {
    if (json.readTree(evidence) instanceof ObjectNode record) {
      record.remove(List.of("events", "values", "sentence", "label", "subject"));
      record.put("key", shownKey);
      return record;
    }
    return json.createObjectNode();
  }

  /**
   * A part of the list; without {@code next} it is the last.
   *
   * @param storm where a storm was within what the filter asks for: of how many violations some
   *     were only counted, and are in no list; null where none was
   */
  record Listing(
      List<ViolationItem> items, @Nullable String next, CountedViolations.@Nullable Kept storm) {}

  /** One violation and its evidence. */
  record Detail(ViolationItem violation, String judgementHash, JsonNode evidence) {}

  /** The most alike first; these are all that are looked for. */
  record Alike(List<AlikeItem> items) {}

  /**
   * An episode that is much like another's.
   *
   * @param violation day and id of its worst
   * @param finding error, no-error or unclear; null where nobody has settled it
   */
  record AlikeItem(
      String key,
      Instant opened,
      long violations,
      double worst,
      String violation,
      @Nullable String finding) {
    static AlikeItem of(Neighbourhood.Similar one) {
      return new AlikeItem(
          one.key(),
          one.opened().instant(),
          one.violations(),
          one.worst(),
          one.day() + "/" + one.violation(),
          one.finding().isEmpty() ? null : one.finding());
    }
  }
}
