package io.assay.web.ingest;

import io.assay.assertion.event.StreamType;
import io.assay.web.ingest.Addressing.Addressed;
import io.assay.web.ingest.IngestFigures.Outcome;
import io.assay.web.ingest.RequestRefused.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Sends the events of a request, and says in HTTP's words what the broker said. */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int RETRY_SECONDS = 5;

  private static final long WARN_NANOS = 10_000_000_000L;

  private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_NANOS);
  private final LongAdder unwarned = new LongAdder();
  private final Outbox outbox;
  private final IngestFigures figures;

  Deliveries(Outbox outbox, IngestFigures figures) {
    this.outbox = outbox;
    this.figures = figures;
  }

  /** Returns when the broker has acknowledged all of them. */
  void deliver(String project, StreamType stream, List<Addressed> events) {
    Map<Integer, Throwable> failed = outbox.send(events.stream().map(Addressed::record).toList());
    if (failed.isEmpty()) {
      return;
    }
    figures.add(project, stream.name(), Outcome.UNACKNOWLEDGED, failed.size());
    List<Fault> faults = new ArrayList<>();
    failed.forEach(
        (place, cause) -> faults.add(new Fault(events.get(place).position(), reason(cause))));
    throw refusal(stream, failed)
        .with("acknowledged", events.size() - failed.size())
        .because(faults);
  }

  private RequestRefused refusal(StreamType stream, Map<Integer, Throwable> failed) {
    if (failed.values().stream().allMatch(RecordTooLargeException.class::isInstance)) {
      return new RequestRefused(
          HttpStatus.CONTENT_TOO_LARGE, "the broker takes no records of this size");
    }
    if (failed.values().stream().allMatch(BufferExhaustedException.class::isInstance)) {
      return new RequestRefused(
              HttpStatus.TOO_MANY_REQUESTS,
              "more is sent than the broker takes at the moment; send the request again")
          .after(RETRY_SECONDS);
    }
    warn(stream, failed);
    return new RequestRefused(
            HttpStatus.SERVICE_UNAVAILABLE,
            "the broker has not acknowledged all events; send the request again")
        .after(RETRY_SECONDS);
  }

  /** Not of each request: while a broker is away, all fail. */
  private void warn(StreamType stream, Map<Integer, Throwable> failed) {
    long now = System.nanoTime();
    long last = warned.get();
    unwarned.add(failed.size());
    if (now - last < WARN_NANOS || !warned.compareAndSet(last, now)) {
      return;
    }
    LOG.warn(
        "{} events were not acknowledged, the last of stream {} by topic {}: {}",
        unwarned.sumThenReset(),
        stream.name(),
        stream.topic(),
        outbox.told(failed.values().iterator().next()));
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
