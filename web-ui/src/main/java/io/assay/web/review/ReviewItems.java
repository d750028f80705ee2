package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.review.Verdict.CorrectionAnswer;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Items and verdicts as programs see and send them. */
final class ReviewItems {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_REASON = 2000;
  private static final int LONGEST_SCOPE = 500;
  private static final int LONGEST_VERSION = 200;
  static final int LONGEST_GUIDELINE = 100_000;

  private ReviewItems() {}

  /** A page of items; {@code next} is null on the last one. */
  record Page(List<Brief> items, @Nullable String next) {
    static Page of(List<ReviewItem> items, int limit) {
      ReviewItem last = items.size() < limit ? null : items.getLast();
      return new Page(items.stream().map(Brief::of).toList(), last == null ? null : place(last));
    }
  }

  /** Where an item stands among those of its status; {@link #after} takes it. */
  static String place(ReviewItem item) {
    return item.rank() + "_" + item.id();
  }

  /** Of a page's {@code next}. */
  static Optional<ReviewQueue.After> after(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int at = text.indexOf('_');
    try {
      return Optional.of(
          new ReviewQueue.After(
              Double.parseDouble(text.substring(0, Math.max(at, 0))), text.substring(at + 1)));
    } catch (NumberFormatException wrong) {
      throw Refused.bad("after needs what a page named next, got '%s'".formatted(text));
    }
  }

  /** An item, without what is said of it: nobody is to be led by others. */
  record Brief(
      String id,
      long round,
      String assertion,
      String stream,
      Instant at,
      double severity,
      String arm,
      String reason,
      int needed,
      int said,
      String status,
      @Nullable String finding,
      @Nullable String violation) {
    static Brief of(ReviewItem item) {
      return new Brief(
          item.id(),
          item.round(),
          item.assertion(),
          item.stream(),
          item.at(),
          item.severity(),
          item.arm(),
          item.reason(),
          item.needed(),
          item.said(),
          name(item.status()),
          item.finding().map(ReviewItems::name).orElse(null),
          item.isEvent() ? null : item.day() + "/" + item.violation());
    }
  }

  /**
   * An item, with what reviewers are told and what they said.
   *
   * @param verdicts empty while the item is open
   * @param event of an item that is an event; null for others, and for programs, which see no
   *     private fields
   */
  record Whole(
      Brief item, @Nullable String guideline, List<Told> verdicts, @Nullable JsonNode event) {
    static Whole of(
        ReviewItem item,
        Optional<String> guideline,
        List<Verdict> verdicts,
        Optional<String> event) {
      boolean open = item.status() == Standing.Status.OPEN;
      return new Whole(
          Brief.of(item),
          guideline.orElse(null),
          open ? List.of() : verdicts.stream().map(Told::of).toList(),
          event.map(JSON::readTree).orElse(null));
    }
  }

  /** A verdict. */
  record Told(
      String reviewer,
      Instant at,
      String finding,
      @Nullable String correction,
      String reason,
      String scope,
      @Nullable String knownUntil,
      boolean settles,
      @Nullable Instant undone) {
    static Told of(Verdict verdict) {
      return new Told(
          verdict.reviewer(),
          verdict.at(),
          name(verdict.finding()),
          verdict.correction().map(ReviewItems::name).orElse(null),
          verdict.reason(),
          verdict.scope(),
          verdict.knownUntil().orElse(null),
          verdict.settles(),
          verdict.undone().orElse(null));
    }
  }

  /** A part of the guidelines; {@code next} is null on the last. */
  record Guided(List<Guidelines.Guideline> items, @Nullable String next) {
    /** Of rows of which one more than {@code limit} were asked for. */
    static Guided of(List<Guidelines.Guideline> found, int limit) {
      return new Guided(
          found.stream().limit(limit).toList(),
          found.size() > limit ? found.get(limit - 1).assertion() : null);
    }
  }

  /** A text, as of a guideline. */
  record Text(@Nullable String text) {}

  /**
   * A verdict as it is sent.
   *
   * @param finding error, no-error or unclear
   * @param correction accepted, edited or rejected
   * @param edited what it should have been, where it was edited
   */
  record Given(
      @Nullable String finding,
      @Nullable String correction,
      @Nullable JsonNode edited,
      @Nullable String reason,
      @Nullable String scope,
      @Nullable String knownUntil) {}

  /** What it says; refused where it does not fit together. */
  static Verdicts.Said said(Given given, boolean settles) {
    if (given.finding() == null) {
      throw Refused.bad("a verdict needs finding: error, no-error or unclear");
    }
    Finding finding = finding(given.finding());
    Optional<CorrectionAnswer> correction =
        Optional.ofNullable(given.correction())
            .map(text -> one("correction", text, CorrectionAnswer.values()));
    boolean isEdited = correction.filter(CorrectionAnswer.EDITED::equals).isPresent();
    Optional<String> edited =
        Optional.ofNullable(given.edited()).filter(node -> !node.isNull()).map(JsonNode::toString);
    if (isEdited != edited.isPresent()) {
      throw Refused.bad("edited goes with correction edited, and the other way round");
    }
    if (given.edited() != null && isEdited && !isEvents(given.edited())) {
      throw Refused.bad(
          "edited needs fields by event id, a list of objects with id and fields, or the fields of"
              + " the corrected event, got "
              + (given.edited().isContainer() ? given.edited() : JsonBody.kind(given.edited())));
    }
    boolean isRejected = correction.filter(CorrectionAnswer.REJECTED::equals).isPresent();
    String reason = bounded("reason", given.reason(), LONGEST_REASON);
    if (isRejected && reason.isBlank()) {
      throw Refused.bad("a rejected correction needs a reason");
    }
    if (finding == Finding.NO_ERROR && correction.isPresent() && !isRejected) {
      throw Refused.bad(
          "where there is no error there is nothing to correct: the correction is rejected, or not"
              + " spoken of");
    }
    if (finding == Finding.UNCLEAR && correction.isPresent() && !isRejected) {
      throw Refused.bad(
          "where it is unclear whether there is an error, the correction is rejected, or not spoken"
              + " of");
    }
    String version = bounded("knownUntil", given.knownUntil(), LONGEST_VERSION);
    return new Verdicts.Said(
        finding,
        correction,
        edited,
        reason,
        bounded("scope", given.scope(), LONGEST_SCOPE),
        version.isBlank() ? Optional.empty() : Optional.of(version),
        settles);
  }

  private static boolean isEvents(JsonNode edited) {
    return !edited.isEmpty()
        && (edited.isObject()
            || (edited.isArray()
                && edited
                    .valueStream()
                    .allMatch(one -> one.path("id").isString() && one.path("fields").isObject())));
  }

  /** What is known of an item: somebody may be wrong only where there is an answer. */
  static Finding known(String text) {
    Finding finding = finding(text);
    if (finding == Finding.UNCLEAR) {
      throw Refused.bad("finding needs what is known, error or no-error, got 'unclear'");
    }
    return finding;
  }

  /** What a person has typed as a correction. */
  static JsonNode json(@Nullable String typed) {
    try {
      return JSON.readTree(typed == null ? "" : typed);
    } catch (JacksonException wrong) {
      throw Refused.bad("edited needs JSON: " + wrong.getOriginalMessage());
    }
  }

  static Finding finding(String text) {
    return one("finding", text, Finding.values());
  }

  /** As programs write it: {@code no-error}. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E one(String what, String text, E[] values) {
    return Arrays.stream(values)
        .filter(value -> name(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.bad(
                    "%s needs %s, got '%s'"
                        .formatted(
                            what,
                            Arrays.stream(values)
                                .map((Function<E, String>) ReviewItems::name)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  /** The text, empty where there is none; refused where it cannot be kept. */
  static String bounded(String what, @Nullable String text, int longest) {
    if (text != null && text.indexOf(0) >= 0) {
      throw Refused.bad(what + " has the character U+0000, which cannot be kept");
    }
    if (text != null && text.length() > longest) {
      throw Refused.bad(
          "%s needs at most %d characters, got %d".formatted(what, longest, text.length()));
    }
    return text == null ? "" : text;
  }
}
