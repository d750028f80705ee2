package io.assay.web.ingest;

import io.assay.assertion.event.StreamType;
import io.assay.web.ingest.Addressing.Addressed;
import io.assay.web.ingest.IngestFigures.Outcome;
import io.assay.web.ingest.RequestRefused.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Sends the events of a request, and says in HTTP's words what the broker said. */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int RETRY_SECONDS = 5;

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

  private static RequestRefused refusal(StreamType stream, Map<Integer, Throwable> failed) {
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
    LOG.warn(
        "{} events of stream {} were not acknowledged by topic {}: {}",
        failed.size(),
        stream.name(),
        stream.topic(),
        reason(failed.values().iterator().next()));
    return new RequestRefused(
            HttpStatus.SERVICE_UNAVAILABLE,
            "the broker has not acknowledged all events; send the request again")
        .after(RETRY_SECONDS);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
