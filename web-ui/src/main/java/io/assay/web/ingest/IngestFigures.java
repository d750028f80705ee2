package io.assay.web.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What has become of events since this instance started, by declared stream. */
final class IngestFigures {
  private final MeterRegistry meters;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  /** What can become of an event, or of the bytes of a request. */
  enum Outcome {
    /** Acknowledged by the broker. */
    ACCEPTED,
    /** Acknowledged, and going to be a dead letter. */
    UNREADABLE,
    /** Left out by the stream's sample. */
    SAMPLED_OUT,
    /** Refused, and said so. */
    REFUSED,
    /** Not acknowledged by the broker in time. */
    UNACKNOWLEDGED
  }

  private record Key(String project, String stream, Outcome outcome) {}

  IngestFigures(MeterRegistry meters, InFlight inFlight) {
    this.meters = meters;
    meters.gauge("assay.ingest.in.flight.bytes", inFlight, InFlight::held);
  }

  void add(String project, String stream, Outcome outcome, long events) {
    if (events > 0) {
      counters
          .computeIfAbsent(new Key(project, stream, outcome), this::counter)
          .increment((double) events);
    }
  }

  private Counter counter(Key key) {
    return Counter.builder("assay.ingest.events")
        .tag("project", key.project())
        .tag("stream", key.stream())
        .tag("outcome", key.outcome().name().toLowerCase(Locale.ROOT))
        .register(meters);
  }

  long of(String project, String stream, Outcome outcome) {
    Counter counter = counters.get(new Key(project, stream, outcome));
    return counter == null ? 0 : (long) counter.count();
  }
}
