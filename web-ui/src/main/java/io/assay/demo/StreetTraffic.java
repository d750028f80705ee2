package io.assay.demo;

import io.assay.simulate.StreetFrame;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the simulated cars and sends what their sensors report, first the past as fast as it goes,
 * then at the pace of the clock.
 *
 * <p>A record has the time of its event. Of a past that came now, a silence would be seen wherever
 * judging rests for a moment, and what comes next would be late; and the two sensors' topics are
 * read by these times.
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
  private final Sending sending;
  private final Worker worker = new Worker("street", this::drive);

  StreetTraffic(
      String bootstrapServers, Duration past, DrivenUntil driven, FrameFolder frames, Clock clock) {
    this.clock = clock;
    this.past = past;
    this.driven = driven;
    this.frames = frames;
    this.sending = new Sending(bootstrapServers, "street");
  }

  void start() {
    worker.start();
  }

  private void drive() throws InterruptedException {
    Duration before = past;
    while (worker.isOpen()) {
      Instant start = clock.instant().minus(before);
      drive(start.isBefore(driven.next()) ? driven.next() : start);
      before = Duration.ZERO;
    }
  }

  /** Returns when the clock has gone on without it. */
  private void drive(Instant start) throws InterruptedException {
    String name = DRIVE.format(start);
    long first = start.toEpochMilli();
    var settings = new StreetSettings(first, VEHICLES, first, StreetSettings.ENDLESS, name + "/");
    Iterator<StreetFrame> street = new StreetSimulation(settings).frames();
    var stutter = new Stutter();
    boolean caughtUp = false;
    while (worker.isOpen()) {
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
      frame
          .camera()
          .ifPresent(
              event -> {
                for (String one : stutter.next(frame.at(), event)) {
                  sending.send(CAMERA, frame.vehicle(), frame.at(), one);
                }
              });
      frame.lidar().forEach(scan -> sending.send(LIDAR, frame.vehicle(), scan.at(), scan.event()));
      frames.add(name + "/" + frame.image(), frame::png);
    }
  }

  @Override
  public void close() {
    worker.close();
    sending.close();
    frames.close();
  }
}
