package io.assay.web.aside;

import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayNote;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import io.assay.web.system.Refused;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records put aside as programs see them; bytes are base64, as they need be no text. */
final class AsideItems {
  private AsideItems() {}

  /** A page of them. */
  record Page(List<Brief> records, @Nullable String next) {}

  /**
   * One without key, headers and value.
   *
   * @param detail null for those who may not see private fields: it may quote the record
   */
  record Brief(
      String position,
      Instant at,
      String stream,
      String cause,
      @Nullable String detail,
      String topic,
      int partition,
      long offset,
      Instant received,
      int bytes,
      List<String> leftOut,
      @Nullable String replayOf,
      @Nullable Replayed replayed) {

    static Brief of(AsideRecords.Noted noted, boolean clear) {
      PutAside record = noted.record();
      return new Brief(
          record.position().toString(),
          Instant.ofEpochMilli(record.millis()),
          record.stream(),
          record.cause(),
          clear ? record.detail() : null,
          record.source().topic(),
          record.source().partition(),
          record.source().offset(),
          Instant.ofEpochMilli(record.receivedMillis()),
          record.valueBytes(),
          record.leftOut(),
          record.replayOf(),
          noted.note().map(Replayed::of).orElse(null));
    }
  }

  /** Its newest replay. */
  record Replayed(Instant at, String by, String how) {
    static Replayed of(ReplayNote note) {
      return new Replayed(
          Instant.ofEpochMilli(note.millis()),
          note.by(),
          note.way().name().toLowerCase(Locale.ROOT));
    }
  }

  record HeaderItem(String name, @Nullable String value) {}

  /** One whole; what it held is null for those who may not see private fields. */
  record Whole(
      Brief record,
      @Nullable String key,
      @Nullable List<HeaderItem> headers,
      @Nullable String value) {

    static Whole of(AsideRecords.Noted noted, boolean clear) {
      PutAside record = noted.record();
      Brief brief = Brief.of(noted, clear);
      return clear
          ? new Whole(
              brief,
              base64(record.key()),
              record.headers().stream()
                  .map(one -> new HeaderItem(one.key(), base64(one.value())))
                  .toList(),
              base64(record.value()))
          : new Whole(brief, null, null, null);
    }
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * What is to be replayed: positions, or all that fit.
   *
   * @param how {@code append} or {@code rejudge}
   * @param value base64, instead of the value of a single record
   * @param after where the answer before said that it went on, and {@code upTo} what it meant
   */
  record Wanted(
      @Nullable List<@Nullable String> positions,
      @Nullable Fitting all,
      @Nullable Boolean late,
      @Nullable String how,
      @Nullable String value,
      @Nullable Boolean again,
      @Nullable Boolean dryRun,
      @Nullable Integer limit,
      @Nullable String after,
      @Nullable String upTo) {}

  /** A filter; what is null matters not. */
  record Fitting(
      @Nullable String stream,
      @Nullable String cause,
      @Nullable String since,
      @Nullable String until,
      @Nullable String source) {

    /**
     * By name.
     *
     * @throws Refused where one is blank: a variable that was not set would replay all
     */
    Map<String, String> given() {
      var given = new LinkedHashMap<String, String>();
      put("stream", stream, given);
      put("cause", cause, given);
      put("since", since, given);
      put("until", until, given);
      put("source", source, given);
      return given;
    }

    private static void put(String name, @Nullable String text, Map<String, String> given) {
      if (text != null && text.isBlank()) {
        throw Refused.bad("%s of all needs a text, or is left out, got '%s'".formatted(name, text));
      }
      if (text != null) {
        given.put(name, text);
      }
    }
  }

  /**
   * What became of them.
   *
   * @param upTo of {@code all}: what was put aside behind is not meant, nor by who goes on
   * @param next where to go on; null where all are done
   */
  record Done(
      long replayed,
      long before,
      long refused,
      List<Outcome> outcomes,
      @Nullable String upTo,
      @Nullable String next) {

    static Done of(Replays.Result result, boolean dryRun) {
      List<Outcome> all = result.outcomes().stream().map(one -> Outcome.of(one, dryRun)).toList();
      return new Done(
          all.stream().filter(one -> one.kind().isDone()).count(),
          all.stream().filter(one -> one.kind() == Kind.BEFORE).count(),
          all.stream().filter(one -> one.kind() == Kind.REFUSED).count(),
          all,
          result.upTo() == null ? null : result.upTo().toString(),
          result.next() == null ? null : result.next().toString());
    }
  }

  /** What became of a record. */
  enum Kind {
    SENT,
    REJUDGED,
    BEFORE,
    REFUSED;

    boolean isDone() {
      return this == SENT || this == REJUDGED;
    }
  }

  /**
   * @param detail where it went, what that found, or why it was not done
   */
  record Outcome(String position, Kind kind, String detail) {
    static Outcome of(Replayer.Outcome outcome, boolean dryRun) {
      String position = outcome.aside().position().toString();
      return switch (outcome.plan()) {
        case ReplayPlan.Send(String topic) ->
            new Outcome(position, Kind.SENT, dryRun ? topic : outcome.sentTo());
        case ReplayPlan.Judge(var judgement) ->
            new Outcome(position, Kind.REJUDGED, judgement.told());
        case ReplayPlan.Replayed replayed -> new Outcome(position, Kind.BEFORE, replayed.why());
        case ReplayPlan.Refused(String why) -> new Outcome(position, Kind.REFUSED, why);
      };
    }
  }
}
