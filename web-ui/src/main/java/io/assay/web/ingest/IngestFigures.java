package io.assay.web.ingest;

import static io.assay.stream.metrics.Family.counter;
import static io.assay.stream.metrics.Family.gauge;

import io.assay.stream.metrics.Family;
import io.assay.stream.metrics.Reading;
import io.assay.stream.metrics.Scraped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has become of events since this instance started, by declared stream. */
final class IngestFigures implements Scraped {
  private static final Family EVENTS =
      counter(
          "assay_ingest_events_total",
          "Events that came over HTTP, by what has become of them",
          "project",
          "stream",
          "outcome");
  private static final Family IN_FLIGHT =
      gauge(
              "assay_ingest_in_flight_bytes",
              "What has come over HTTP and is not acknowledged by the broker yet")
          .in("bytes");

  private final InFlight inFlight;
  private final Map<Key, LongAdder> counters = new ConcurrentHashMap<>();

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

  IngestFigures(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  void add(String project, String stream, Outcome outcome, long events) {
    if (events > 0) {
      counters
          .computeIfAbsent(new Key(project, stream, outcome), unused -> new LongAdder())
          .add(events);
    }
  }

  long of(String project, String stream, Outcome outcome) {
    LongAdder counter = counters.get(new Key(project, stream, outcome));
    return counter == null ? 0 : counter.sum();
  }

  @Override
  public List<Family> families() {
    return List.of(EVENTS, IN_FLIGHT);
  }

  @Override
  public void read(Reading to) {
    counters.forEach(
        (key, counter) ->
            to.add(
                EVENTS,
                counter.sum(),
                key.project(),
                key.stream(),
                key.outcome().name().toLowerCase(Locale.ROOT)));
    to.add(IN_FLIGHT, inFlight.held());
  }
}
