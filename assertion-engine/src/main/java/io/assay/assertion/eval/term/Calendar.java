package io.assay.assertion.eval.term;

import io.assay.assertion.event.TimeZones;
import io.assay.assertion.rule.ir.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;

/** Parts of timestamps, in UTC unless a zone is given, and of durations. */
final class Calendar {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 24 * 3600 * SECOND;

  private Calendar() {}

  static void register(Functions.Registry to) {
    part(to, "getFullYear", ZonedDateTime::getYear);
    part(to, "getMonth", time -> time.getMonthValue() - 1);
    part(to, "getDate", ZonedDateTime::getDayOfMonth);
    part(to, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
    part(to, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
    part(to, "getDayOfYear", time -> time.getDayOfYear() - 1);
    hours(to);
    ofZone(to, "getHours", ZonedDateTime::getHour);
    part(to, "getMinutes", ZonedDateTime::getMinute);
    part(to, "getSeconds", ZonedDateTime::getSecond);
    part(to, "getMilliseconds", time -> time.getNano() / 1_000_000);
    whole(to, "getHours_duration", 3600 * SECOND);
    whole(to, "getMinutes_duration", 60 * SECOND);
    whole(to, "getSeconds_duration", SECOND);
    either(to, "getHours", ZonedDateTime::getHour, duration -> seconds(duration) / 3600);
    either(to, "getMinutes", ZonedDateTime::getMinute, duration -> seconds(duration) / 60);
    either(to, "getSeconds", ZonedDateTime::getSecond, Calendar::seconds);
    either(to, "getMilliseconds", time -> time.getNano() / 1_000_000, Calendar::milliseconds);
    to.put(
        "getMilliseconds_duration",
        (compiler, terms) -> {
          LongTerm nanos = compiler.whole(terms.get(0));
          return (LongTerm) frame -> nanos.value(frame) % SECOND / 1_000_000;
        });
  }

  private static void whole(Functions.Registry to, String name, long unit) {
    to.put(
        name,
        (compiler, terms) -> {
          LongTerm nanos = compiler.whole(terms.get(0));
          return (LongTerm) frame -> nanos.value(frame) / unit;
        });
  }

  private static void either(
      Functions.Registry to,
      String name,
      ToLongFunction<ZonedDateTime> ofTime,
      ToLongFunction<Duration> ofDuration) {
    to.put(
        name + "_dyn",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          return (LongTerm)
              frame ->
                  switch (a.value(frame)) {
                    case Instant time -> ofTime.applyAsLong(time.atZone(ZoneOffset.UTC));
                    case Duration duration -> ofDuration.applyAsLong(duration);
                    case Object other ->
                        throw Boxing.unexpected("a timestamp or a duration", other);
                  };
        });
  }

  /** Towards zero, as of durations whose type is known. */
  private static long seconds(Duration duration) {
    return Boxing.nanos(duration) / SECOND;
  }

  private static long milliseconds(Duration duration) {
    return Boxing.nanos(duration) % SECOND / 1_000_000;
  }

  private static void part(Functions.Registry to, String name, ToLongFunction<ZonedDateTime> part) {
    to.put(name + "_timestamp", (compiler, terms) -> ofUtc(compiler.dynamic(terms.get(0)), part));
    ofZone(to, name, part);
  }

  private static LongTerm ofUtc(ReferenceTerm time, ToLongFunction<ZonedDateTime> part) {
    return frame -> part.applyAsLong(instant(time, frame).atZone(ZoneOffset.UTC));
  }

  /** The hour of UTC, which slices ask of each event, without an object where time is a number. */
  private static void hours(Functions.Registry to) {
    to.put(
        "getHours_timestamp",
        (compiler, terms) ->
            compiler.compile(terms.get(0)) instanceof LongTerm nanos
                ? (LongTerm) frame -> Math.floorMod(nanos.value(frame), DAY) / (3600 * SECOND)
                : ofUtc(compiler.dynamic(terms.get(0)), ZonedDateTime::getHour));
  }

  private static void ofZone(
      Functions.Registry to, String name, ToLongFunction<ZonedDateTime> part) {
    to.put(
        name + "_timestamp_zone",
        (compiler, terms) -> {
          ReferenceTerm time = compiler.dynamic(terms.get(0));
          ReferenceTerm zone = zone(compiler, terms.get(1));
          return (LongTerm)
              frame -> part.applyAsLong(instant(time, frame).atZone((ZoneId) zone.value(frame)));
        });
  }

  private static Instant instant(ReferenceTerm time, Frame frame) {
    return switch (time.value(frame)) {
      case Instant instant -> instant;
      case Duration ignored -> throw NoValue.failed("needed a timestamp, got a duration");
      case Object other -> throw Boxing.unexpected("a timestamp", other);
    };
  }

  private static ReferenceTerm zone(TermCompiler compiler, Term term) {
    if (term instanceof Term.Constant constant) {
      try {
        ZoneId zone = zone(constant.value());
        return frame -> zone;
      } catch (NoValue e) {
        return frame -> {
          throw e;
        };
      }
    }
    ReferenceTerm name = compiler.value(term);
    return frame -> zone(name.value(frame));
  }

  private static ZoneId zone(Object value) {
    String name = Texts.string(value);
    return TimeZones.named(name)
        .orElseThrow(() -> NoValue.failed("unknown time zone '" + name + "'"));
  }
}
