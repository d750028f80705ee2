package io.assay.demo;

import io.assay.simulate.StreetFrame;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the simulated cars and sends what their sensors report, first the past as fast as it goes,
 * then at the pace of the clock.
 *
 * <p>Each drive starts later than the one before has ended, with pictures of its own: after a
 * restart, or after the computer has slept, a new one begins.
 */
final class StreetTraffic implements AutoCloseable {
  static final String CAMERA = "av.camera.predictions";
  static final String LIDAR = "av.lidar.predictions";

  private static final Logger LOG = LoggerFactory.getLogger(StreetTraffic.class);
  private static final int VEHICLES = 1;

  /** Falling behind further than this is no hurry any more, it is a gap. */
  private static final long GAP_MILLIS = 15_000;

  private static final DateTimeFormatter DRIVE =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final Duration past;
  private final DrivenUntil driven;
  private final FrameFolder frames;
  private final Producer<String, String> producer;
  private final Thread driver = new Thread(this::drive, "demo-street");
  private volatile boolean open = true;
  private volatile boolean failing;

  StreetTraffic(
      String bootstrapServers, Duration past, DrivenUntil driven, FrameFolder frames, Clock clock) {
    this.clock = clock;
    this.past = past;
    this.driven = driven;
    this.frames = frames;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-street",
                // A topic that has just been made may refuse one batch and take the next.
                "max.in.flight.requests.per.connection",
                1,
                "linger.ms",
                5),
            new StringSerializer(),
            new StringSerializer());
    driver.setDaemon(true);
  }

  void start() {
    driver.start();
  }

  private void drive() {
    try {
      Duration before = past;
      while (open) {
        Instant start = clock.instant().minus(before);
        drive(start.isBefore(driven.next()) ? driven.next() : start);
        before = Duration.ZERO;
      }
    } catch (InterruptedException | InterruptException end) {
      LOG.debug("the street has ended");
    } catch (KafkaException | UncheckedIOException failure) {
      if (open) {
        LOG.warn("the street has ended: {}", failure.toString());
      }
    }
  }

  /** Returns when the clock has gone on without it. */
  private void drive(Instant start) throws InterruptedException {
    String name = DRIVE.format(start);
    long first = start.toEpochMilli();
    var settings = new StreetSettings(first, VEHICLES, first, StreetSettings.ENDLESS, name + "/");
    Iterator<StreetFrame> street = new StreetSimulation(settings).frames();
    boolean caughtUp = false;
    while (open) {
      StreetFrame frame = street.next();
      long ahead = frame.at() - clock.millis();
      if (ahead > 0) {
        caughtUp = true;
        Thread.sleep(ahead);
      } else if (caughtUp && ahead < -GAP_MILLIS) {
        LOG.info("the street was interrupted for {} ms; a new drive begins", -ahead);
        return;
      }
      // The LIDAR speaks a few milliseconds after the camera.
      driven.reach(frame.at() + 1000);
      frame.camera().ifPresent(event -> send(CAMERA, frame.vehicle(), event));
      frame.lidar().forEach(scan -> send(LIDAR, frame.vehicle(), scan.event()));
      frames.add(name + "/" + frame.image(), frame::png);
    }
  }

  private void send(String topic, String vehicle, String event) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, vehicle, event),
            (sent, failure) -> {
              if (failure != null && !failing && open) {
                LOG.warn("an event of the street could not be sent: {}", failure.toString());
              }
              failing = failure != null;
            });
  }

  @Override
  public void close() {
    open = false;
    driver.interrupt();
    try {
      driver.join(2000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(2));
    frames.close();
  }
}
