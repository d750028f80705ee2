package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.assertions.Aside;
import io.assay.stream.assertions.Carried;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Provenance;
import io.assay.stream.serving.Inference;
import io.assay.stream.serving.PredictionEvents;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.Side;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Pairs requests with their responses by id, in any order.
 *
 * <p>Whether two are a pair is decided by their timestamps alone. When a half is given up is
 * decided by both clocks: its records' time must have passed the limit, or nothing comes any more,
 * and it must have been waited for as long by the clock, since its other half may stand in a topic
 * that is read more slowly, or that is read again after a stop, or behind a transaction that a
 * killed process left open: hence some patience more.
 */
final class Pair extends ContextualProcessor<byte[], byte[], byte[], Routed> {
  static final String STORE = "halves";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 50_000;

  private final PairingSettings settings;
  private final Function<ServedRecord, List<Reading>> reader;
  private final StreamEvents events;
  private final Figures figures;
  private final long within;
  private final long wait;
  private HeldIds held;
  private long newest = Long.MIN_VALUE;
  private long lastCame;
  private long startedAt;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  Pair(PairingSettings settings, Figures figures, Function<ServedRecord, List<Reading>> reader) {
    this.settings = settings;
    this.reader = reader;
    this.events = new StreamEvents(settings.stream());
    this.figures = figures;
    this.within = settings.withinMillis();
    this.wait = settings.waitMillis();
  }

  @Override
  public void init(ProcessorContext<byte[], Routed> context) {
    super.init(context);
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    held = new HeldIds(store);
    startedAt = context.currentSystemTimeMs();
    lastCame = startedAt;
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::giveUp);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    newest = Math.max(newest, record.timestamp());
    lastCame = context().currentSystemTimeMs();
    byte[] id = record.key();
    Side side = ServedHeaders.side(record.headers());
    @Nullable Held before = held.get(id);
    switch (before) {
      case null -> {
        held.put(id, null, new Held.Waiting(record, lastCame + wait));
        makeRoom();
      }
      case Held.Waiting waiting when waiting.side() == side -> figures.droppedOne();
      case Held.Waiting waiting -> meet(id, waiting, record);
      case Held.Settled settled when settled.came().contains(side) -> figures.droppedOne();
      case Held.Settled settled -> {
        Set<Side> both = EnumSet.allOf(Side.class);
        held.put(id, settled, new Held.Settled(false, both, lastCame + wait));
        unpaired(record, "the %s of its id had been given up".formatted(side.other().word()));
      }
    }
  }

  private void meet(byte[] id, Held.Waiting waiting, Record<byte[], byte[]> record) {
    Record<byte[], byte[]> other = waiting.record();
    long apart = Math.abs(record.timestamp() - other.timestamp());
    boolean paired = apart <= within;
    held.put(id, waiting, new Held.Settled(paired, EnumSet.allOf(Side.class), lastCame + wait));
    if (paired) {
      boolean first = ServedHeaders.side(record.headers()) == Side.REQUEST;
      join(first ? record : other, first ? other : record);
    } else {
      String detail =
          "the other half was %s away, the limit is %s"
              .formatted(Duration.ofMillis(apart), Duration.ofMillis(within));
      unpaired(other, detail);
      unpaired(record, detail);
    }
  }

  private void join(Record<byte[], byte[]> request, Record<byte[], byte[]> response) {
    Joined joined;
    try {
      joined = joined(request, response);
    } catch (RuntimeException failure) {
      figures.failed("pairing failed at " + ServedHeaders.source(response.headers()), failure);
      joined = new Joined.Refused("serving-failed", String.valueOf(failure));
    }
    switch (joined) {
      case Joined.Events(List<Record<byte[], byte[]>> made) -> {
        for (Record<byte[], byte[]> event : made) {
          figures.judgedOne(event.timestamp() * 1_000_000L);
          context().forward(Routed.of(event, Routed.Route.EVENT));
        }
      }
      case Joined.Refused(String cause, String detail) -> {
        aside(request, cause, detail);
        aside(response, cause, detail);
      }
    }
  }

  /** What a pair makes. */
  private sealed interface Joined {
    record Events(List<Record<byte[], byte[]>> made) implements Joined {}

    record Refused(String cause, String detail) implements Joined {}
  }

  private Joined joined(Record<byte[], byte[]> request, Record<byte[], byte[]> response) {
    Optional<Inference> asked = inference(request);
    Optional<Inference> answered = inference(response);
    if (asked.isEmpty() || answered.isEmpty()) {
      return new Joined.Refused(
          "broken-payload", "it could be read before, and cannot be read now");
    }
    return switch (PredictionEvents.of(
        asked.get(), answered.get(), settings.serving().rows(), StreamEvents.ROOM)) {
      case PredictionEvents.Made.TooLarge(String detail) -> new Joined.Refused("too-large", detail);
      case PredictionEvents.Made.Events(List<byte[]> json) -> {
        List<Record<byte[], byte[]>> made =
            json.stream().map(one -> event(one, request, response)).toList();
        yield made.stream()
            .flatMap(one -> StreamEvents.tooLarge(one).stream())
            .findFirst()
            .<Joined>map(detail -> new Joined.Refused("too-large", detail))
            .orElseGet(() -> new Joined.Events(made));
      }
    };
  }

  private Record<byte[], byte[]> event(
      byte[] json, Record<byte[], byte[]> request, Record<byte[], byte[]> response) {
    long timestamp = Math.max(request.timestamp(), response.timestamp());
    Record<byte[], byte[]> event = events.record(json, timestamp, request.headers());
    for (Record<byte[], byte[]> half : List.of(request, response)) {
      HeaderNames.put(
          event.headers(),
          ServedHeaders.side(half.headers()).word(),
          place(ServedHeaders.source(half.headers())));
    }
    return event;
  }

  private static String place(Coordinates source) {
    return "%s-%d@%d".formatted(source.topic(), source.partition(), source.offset());
  }

  private Optional<Inference> inference(Record<byte[], byte[]> record) {
    Headers headers = record.headers();
    List<Reading> readings =
        reader.apply(
            ServedHeaders.record(
                headers,
                Carried.key(headers),
                record.value(),
                record.timestamp(),
                ServedHeaders.side(headers)));
    return readings.size() == 1 && readings.getFirst() instanceof Reading.Half half
        ? Optional.of(half.inference())
        : Optional.empty();
  }

  private void giveUp(long nowMillis) {
    if (nowMillis < startedAt + wait) {
      return;
    }
    boolean idle = nowMillis - lastCame >= settings.idleAfter().toMillis();
    for (byte[] id : held.waitedUntil(nowMillis, MOST_AT_ONCE)) {
      if (held.get(id) instanceof Held.Waiting waiting
          && (idle || hasPassed(waiting.record().timestamp()))) {
        String detail =
            "no %s came within %s"
                .formatted(waiting.side().other().word(), Duration.ofMillis(within));
        settle(id, waiting, detail, nowMillis);
      }
    }
    for (byte[] id : held.settledUntil(nowMillis, MOST_AT_ONCE)) {
      held.forget(id, Objects.requireNonNull(held.get(id)));
    }
  }

  private boolean hasPassed(long timestamp) {
    return newest != Long.MIN_VALUE && newest - timestamp > within;
  }

  private void makeRoom() {
    while (held.waitingBytes() > settings.mostWaitingBytes()) {
      List<byte[]> oldest = held.oldestWaiting();
      if (oldest.isEmpty() || !(held.get(oldest.getFirst()) instanceof Held.Waiting waiting)) {
        return;
      }
      String detail =
          "more than %d bytes waited, and of these it had waited longest"
              .formatted(settings.mostWaitingBytes());
      settle(oldest.getFirst(), waiting, detail, lastCame);
    }
  }

  private void settle(byte[] id, Held.Waiting waiting, String detail, long nowMillis) {
    held.put(id, waiting, new Held.Settled(false, EnumSet.of(waiting.side()), nowMillis + wait));
    unpaired(waiting.record(), detail);
  }

  private void unpaired(Record<byte[], byte[]> record, String detail) {
    figures.unpairedOne();
    forwardAside(record, "unpaired", detail);
  }

  private void aside(Record<byte[], byte[]> record, String cause, String detail) {
    figures.putAsideOne();
    forwardAside(record, cause, detail);
  }

  private void forwardAside(Record<byte[], byte[]> record, String cause, String detail) {
    Headers headers = record.headers();
    Coordinates source = ServedHeaders.source(headers);
    var letter =
        new DeadLetter(
            new Provenance(
                settings.project(), settings.stream().name(), source, record.timestamp()),
            cause,
            detail);
    context()
        .forward(
            Routed.of(
                Aside.record(
                    Carried.key(headers),
                    record.value(),
                    headers,
                    record.timestamp(),
                    letter::write),
                Routed.Route.DEAD_LETTER));
  }
}
