package io.assay.web.ingest;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.LabelRecord;
import io.assay.web.ingest.RequestRefused.Fault;
import io.assay.web.labels.LabelReading;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Takes labels whole or not at all, as {@link Intake} takes events: nothing is said to be taken
 * that the broker has not acknowledged.
 */
public final class LabelIntake {
  private static final Logger LOG = LoggerFactory.getLogger(LabelIntake.class);
  private static final int RETRY_SECONDS = 5;

  private final IngestSettings settings;
  private final InFlight inFlight;
  private final Outbox outbox;
  private final String topic;
  private final Clock clock;
  private final BodyReader bodies;
  private final Splitting splitting;

  LabelIntake(
      IngestSettings settings, InFlight inFlight, Outbox outbox, String topic, Clock clock) {
    this.settings = settings;
    this.inFlight = inFlight;
    this.outbox = outbox;
    this.topic = topic;
    this.clock = clock;
    this.bodies = new BodyReader(settings.maxRequest().toBytes());
    this.splitting = new Splitting(settings.maxEvents());
  }

  /**
   * Takes those of a request; returns how many.
   *
   * @param by who sends them
   * @param reaches to which streams the sender may send; asked with an empty text where a label
   *     names none
   */
  int take(String project, String by, Predicate<String> reaches, HttpServletRequest request) {
    PayloadForm form = new Received(request, null).form();
    try (InFlight.Lease lease = inFlight.lease()) {
      byte[] body = bodies.read(request, lease);
      List<Submitted> sent =
          switch (form) {
            case JSON -> splitting.json(body);
            case LINES -> splitting.lines(body);
            case BINARY, STRUCTURED, BATCH ->
                throw new RequestRefused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "labels come as application/json or application/x-ndjson");
          };
      lease.take((long) IngestSettings.EVENT_OVERHEAD * sent.size());
      List<LabelRecord> labels = read(project, by, reaches, sent);
      send(labels);
      return labels.size();
    }
  }

  private List<LabelRecord> read(
      String project, String by, Predicate<String> reaches, List<Submitted> sent) {
    List<LabelRecord> labels = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (Submitted one : sent) {
      if (one.payload().length > settings.maxEvent().toBytes()) {
        faults.add(
            new Fault(
                one.position(),
                "a label has at most %,d bytes, got %,d"
                    .formatted(settings.maxEvent().toBytes(), one.payload().length)));
        continue;
      }
      switch (LabelReading.read(project, one.payload(), by, "api", clock.instant())) {
        case LabelReading.Label(LabelRecord label) -> {
          if (reaches.test(label.stream())) {
            labels.add(label);
          } else {
            faults.add(
                new Fault(
                    one.position(), "this token may not send to stream '" + label.stream() + "'"));
          }
        }
        case LabelReading.Unreadable(List<String> problems) ->
            faults.add(new Fault(one.position(), String.join("; ", problems)));
      }
    }
    if (sent.isEmpty()) {
      throw new RequestRefused(
          HttpStatus.BAD_REQUEST,
          "needed a label, a list of labels or one a line, got none; nothing was kept");
    }
    if (!faults.isEmpty()) {
      throw new RequestRefused(
              HttpStatus.BAD_REQUEST,
              "%d of %d labels cannot be read; nothing was kept"
                  .formatted(faults.size(), sent.size()))
          .because(faults);
    }
    return labels;
  }

  /**
   * Returns when the broker has acknowledged all of them.
   *
   * @throws RuntimeException where it has not; they may be sent again
   */
  public void send(List<LabelRecord> labels) {
    Map<Integer, Throwable> failed = outbox.send(labels.stream().map(this::record).toList());
    if (!failed.isEmpty()) {
      LOG.warn(
          "{} labels were not acknowledged by topic {}: {}",
          failed.size(),
          topic,
          outbox.told(failed.values().iterator().next()));
      throw new RequestRefused(
              HttpStatus.SERVICE_UNAVAILABLE,
              "the broker has not acknowledged all labels; send the request again")
          .after(RETRY_SECONDS)
          .with("acknowledged", labels.size() - failed.size());
    }
  }

  private ProducerRecord<byte[], byte[]> record(LabelRecord label) {
    var record = new ProducerRecord<>(topic, label.key(), label.json());
    HeaderNames.put(record.headers(), HeaderNames.PROJECT, label.project());
    return record;
  }
}
