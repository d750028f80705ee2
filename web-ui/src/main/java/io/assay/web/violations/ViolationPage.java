package io.assay.web.violations;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One violation: why, when, and what there was to see. */
@Page
class ViolationPage {
  private final ViolationQueries violations;
  private final Frames frames;
  private final Access access;
  private final JsonMapper json;

  ViolationPage(ViolationQueries violations, Frames frames, Access access, JsonMapper json) {
    this.violations = violations;
    this.frames = frames;
    this.access = access;
    this.json = json;
  }

  @GetMapping("/p/{project}/violations/{day}/{id}")
  String show(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    boolean clear = PrivateRight.of(access, person, project);
    StoredViolation stored =
        violations
            .one(project, day, id, clear)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    ViolationRow row = stored.row();
    JsonNode record = json.readTree(stored.evidence());
    long at = record.path("at").asLong(0);
    Evidence evidence = Evidence.of(record, clear);
    List<Frame> drawn = frames.of(project, evidence, at);
    ViolationFilter filter = ViolationFilter.of(query);
    model.addAttribute("here", "violations");
    model.addAttribute("filter", filter);
    model.addAttribute("stored", stored);
    model.addAttribute("row", row);
    model.addAttribute("evidence", evidence);
    model.addAttribute("span", Span.of(record));
    model.addAttribute("clear", clear);
    model.addAttribute("frames", drawn);
    model.addAttribute("frame", chosen(drawn, query.getOrDefault("frame", "")));
    model.addAttribute("lanes", Lanes.of(evidence, at, row.label()));
    model.addAttribute(
        "newer", violations.newer(project, filter, row.cursor(), 1, clear).stream().findFirst());
    model.addAttribute(
        "older",
        violations.older(project, filter, Optional.of(row.cursor()), 1, clear).stream()
            .findFirst());
    return "violation";
  }

  /** The frame asked for; else the first where the subject is missing, or the deciding one. */
  private static Optional<Frame> chosen(List<Frame> frames, String asked) {
    return frames.stream()
        .filter(frame -> String.valueOf(frame.index()).equals(asked))
        .findFirst()
        .or(() -> frames.stream().filter(Frame::missing).findFirst())
        .or(() -> frames.stream().filter(frame -> frame.role().equals("at")).findFirst())
        .or(() -> frames.stream().filter(frame -> frame.role().equals("life")).findFirst())
        .or(() -> frames.stream().findFirst());
  }

  /** How long the violated span is, and how many events it has. */
  record Span(String length, int events) {
    static Span of(JsonNode record) {
      long nanos = record.path("to").asLong(0) - record.path("from").asLong(0);
      return new Span(Frames.offset(nanos).replace("+", ""), record.path("spanEvents").size());
    }
  }
}
