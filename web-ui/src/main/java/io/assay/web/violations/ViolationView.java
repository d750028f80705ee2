package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What pages show of one violation: why, when, and what there was to see. */
@Component
public final class ViolationView {
  private final ViolationQueries violations;
  private final Frames frames;
  private final ViolationReading reading;
  private final JsonMapper json;

  ViolationView(
      ViolationQueries violations, Frames frames, ViolationReading reading, JsonMapper json) {
    this.violations = violations;
    this.frames = frames;
    this.reading = reading;
    this.json = json;
  }

  /**
   * Puts it into the model.
   *
   * @param frame the index of the frame that is asked for, or empty
   * @param clear whether private fields are shown
   * @return false where there is no such violation
   */
  public boolean show(
      Model model, String project, LocalDate day, String id, String frame, boolean clear) {
    return find(model, project, day, id, frame, clear).isPresent();
  }

  /** The addresses of all images that {@link #show} would show. */
  public List<String> images(String project, LocalDate day, String id) {
    return violations
        .one(project, day, id, true)
        .map(
            stored ->
                Evidence.of(json.readTree(stored.evidence()), true).events().stream()
                    .flatMap(event -> frames.address(project, event).stream())
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  /**
   * Puts an event into the model that no violation is of.
   *
   * @param event an object of its id, time and fields
   */
  public void showEvent(Model model, String project, String event) {
    ObjectNode frozen = (ObjectNode) json.readTree(event);
    frozen.put("role", "at");
    ObjectNode record = json.createObjectNode();
    record.putArray("events").add(frozen);
    long at = frozen.path("at").asLong(0);
    Evidence evidence = Evidence.of(record, true);
    model.addAttribute("at", Moment.ofNanos(at));
    model.addAttribute("boxes", BoxList.in(evidence).orElse(null));
    model.addAttribute(
        "frame", frames.of(project, evidence, at, Overlay.none()).stream().findFirst());
    model.addAttribute("fields", frozen.path("fields").toPrettyString());
    model.addAttribute("corrections", List.of());
    model.addAttribute("editable", "");
  }

  Optional<StoredViolation> find(
      Model model, String project, LocalDate day, String id, String frame, boolean clear) {
    Optional<StoredViolation> found = violations.one(project, day, id, clear);
    found.ifPresent(stored -> fill(model, project, stored, frame, clear));
    return found;
  }

  private void fill(
      Model model, String project, StoredViolation stored, String frame, boolean clear) {
    ViolationReading.Read read = reading.of(project, stored, clear);
    JsonNode record = read.record();
    Evidence evidence = read.evidence();
    Overlay overlay = clear ? Overlay.of(record, Truths.fields(read.known())) : Overlay.none();
    List<Frame> drawn = frames.of(project, evidence, read.at(), overlay);
    model.addAttribute("filter", ViolationFilter.of(Map.of()));
    model.addAttribute("stored", stored);
    model.addAttribute("row", stored.row());
    model.addAttribute("evidence", evidence);
    model.addAttribute("tree", read.tree());
    model.addAttribute("features", read.features());
    model.addAttribute("span", Span.of(record));
    model.addAttribute("clear", clear);
    model.addAttribute("known", read.known());
    model.addAttribute("boxes", BoxList.in(evidence.own(), evidence.subjectName()).orElse(null));
    model.addAttribute("frames", drawn);
    model.addAttribute("frame", chosen(drawn, frame));
    model.addAttribute("beyond", read.beyond());
    model.addAttribute("lanes", read.lanes());
    model.addAttribute("corrections", clear ? Corrections.of(record) : List.of());
    model.addAttribute("editable", clear ? editable(record) : "");
  }

  /** The frame asked for; else the first where the subject is missing, or the deciding one. */
  private static Optional<Frame> chosen(List<Frame> frames, String asked) {
    return frames.stream()
        .filter(frame -> String.valueOf(frame.index()).equals(asked))
        .findFirst()
        .or(() -> telling(frames));
  }

  /** The frame that shows best what is wrong. */
  static Optional<Frame> telling(List<Frame> frames) {
    return frames.stream()
        .filter(Frame::missing)
        .findFirst()
        .or(() -> frames.stream().filter(frame -> frame.role().equals("at")).findFirst())
        .or(() -> frames.stream().filter(frame -> frame.role().equals("life")).findFirst())
        .or(() -> frames.stream().findFirst());
  }

  /** The proposed corrections as a person may change them: fields by event id, or nothing. */
  private String editable(JsonNode record) {
    ObjectNode fields = json.createObjectNode();
    record
        .path("corrections")
        .forEach(one -> fields.set(one.path("id").asString(""), one.path("fields")));
    return fields.isEmpty() ? "" : fields.toPrettyString();
  }

  /**
   * What is violated. From the first event of a span to its last is no measure of what lasted: of
   * one event it is nothing, though what was gone in it was gone for longer.
   *
   * @param events how many are violated
   * @param within from the first of them to the last
   * @param length how long it is, where no events make it up, as of a window; else empty
   */
  record Span(int events, String within, Optional<String> length) {
    static Span of(JsonNode record) {
      long nanos = record.path("to").asLong(0) - record.path("from").asLong(0);
      int events = record.path("spanEvents").size();
      return new Span(
          events,
          lasting(nanos),
          events <= 1 && nanos > 0 ? Optional.of(lasting(nanos)) : Optional.empty());
    }
  }

  /** How long it is: windows last for hours. */
  static String lasting(long nanos) {
    Duration length = Duration.ofNanos(nanos);
    if (length.toMinutes() < 2) {
      return Frames.offset(nanos).replace("+", "");
    }
    return length.toHours() < 2
        ? length.toMinutes() + " min"
        : length.toDays() < 3 ? length.toHours() + " h" : length.toDays() + " d";
  }

  /** An event as it should have been, for people. */
  record Corrections(String actions, String fields) {
    static List<Corrections> of(JsonNode record) {
      return record.path("corrections").values().stream()
          .map(
              one ->
                  new Corrections(
                      one.path("actions").values().stream()
                          .map(action -> action.asString(""))
                          .reduce((a, b) -> a + ", " + b)
                          .orElse(""),
                      one.path("fields").toPrettyString()))
          .toList();
    }
  }
}
