package io.assay.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.simulate.CreditEvent;
import io.assay.simulate.CreditSettings;
import io.assay.simulate.CreditSimulation;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * Sends what happens at a simulated lender: first its last days as fast as it goes, then at the
 * pace of the clock. After a restart it goes on where it was, for as many days at most.
 */
final class LenderTraffic implements AutoCloseable {
  static final String FEATURES = "credit.features";
  static final String DECISIONS = "credit.predictions";
  static final String OUTCOMES = "credit.outcomes";

  private static final String LABELS = Topics.standard().labels();
  private static final long SEED = 20;
  private static final double PER_MINUTE = 5;

  /** How far ahead of what is sent a restart goes on; a note on disk for each. */
  private static final long NOTED_AHEAD_MILLIS = 60_000;

  private static final long BETWEEN_OLD_FORMS = Duration.ofHours(4).toMillis();
  private static final long OLD_FORM = Duration.ofSeconds(20).toMillis();

  private final Duration past;
  private final Path anchor;
  private final DrivenUntil sent;
  private final Clock clock;
  private final Sending sending;
  private final Clerk clerk = new Clerk();
  private final Worker worker = new Worker("lender", this::run);

  /** {@code folder}: where it is noted when it began, and how far it is. */
  LenderTraffic(String bootstrapServers, Duration past, Path folder, Clock clock) {
    this.past = past;
    this.anchor = folder.resolve("lender-since");
    this.sent = new DrivenUntil(folder.resolve("lender"), NOTED_AHEAD_MILLIS);
    this.clock = clock;
    this.sending = new Sending(bootstrapServers, "lender");
  }

  void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    Instant earliest = clock.instant().minus(past);
    Instant from = earliest.isBefore(sent.next()) ? sent.next() : earliest;
    var settings = new CreditSettings(SEED, anchored(), PER_MINUTE);
    Iterator<CreditEvent> events = new CreditSimulation(settings).from(from.toEpochMilli());
    while (worker.isOpen()) {
      CreditEvent event = events.next();
      long ahead = event.at() - clock.millis();
      if (ahead > 0) {
        Thread.sleep(ahead);
      }
      sent.reach(event.at());
      sending.send(topic(event.kind()), event.key(), sent(event));
      clerk
          .sees(event)
          .ifPresent(
              label ->
                  sending.send(
                      LABELS, new String(label.key(), UTF_8), new String(label.json(), UTF_8)));
    }
  }

  /** Six times a day an old form sends an application with the time in words: nobody reads that. */
  static String sent(CreditEvent event) {
    if (event.kind() != CreditEvent.Kind.FEATURES || event.at() % BETWEEN_OLD_FORMS >= OLD_FORM) {
      return event.json();
    }
    String written = Instant.ofEpochMilli(event.at()).toString();
    return event.json().replace("\"at\":" + event.at(), "\"at\":\"" + written + "\"");
  }

  private static String topic(CreditEvent.Kind kind) {
    return switch (kind) {
      case FEATURES -> FEATURES;
      case DECISION -> DECISIONS;
      case OUTCOME -> OUTCOMES;
    };
  }

  /** When the demo was first started: what changes at the lender is told from then. */
  private long anchored() {
    try {
      if (Files.exists(anchor)) {
        return Long.parseLong(Files.readString(anchor).strip());
      }
      long now = clock.millis();
      Files.writeString(anchor, now + "\n");
      return now;
    } catch (NumberFormatException damaged) {
      return clock.millis();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    worker.close();
    sending.close();
  }
}
