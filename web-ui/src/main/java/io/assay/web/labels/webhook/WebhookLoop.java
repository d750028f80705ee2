package io.assay.web.labels.webhook;

import io.assay.web.labels.webhook.Deliveries.Delivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Sends what is due, in every instance; each delivery is sent by one of them at a time. */
@Component
class WebhookLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final WebhookSettings settings;
  private final Deliveries deliveries;
  private final Clock clock;
  private volatile Optional<Thread> thread = Optional.empty();

  WebhookLoop(WebhookSettings settings, Deliveries deliveries, Clock clock) {
    this.settings = settings;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @Override
  public void start() {
    // Known here before it runs: it goes on only while it is.
    thread =
        settings.address().map(to -> Thread.ofVirtual().name("webhook").unstarted(() -> run(to)));
    thread.ifPresent(Thread::start);
  }

  private void run(URI to) {
    try (var sender = new WebhookSender(settings, clock)) {
      while (isRunning()) {
        try {
          deliveries.noteFullRounds();
          sendDue(sender, to);
        } catch (DataAccessException failure) {
          LOG.warn("deliveries cannot be read, and it is tried again: {}", failure.getMessage());
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopping) {
      LOG.debug("webhook ended");
    }
  }

  /** Sends all that is due now; returns how many were taken. */
  int sendDue(WebhookSender sender, URI to) throws InterruptedException {
    int taken = 0;
    for (Optional<Delivery> due = deliveries.take(); due.isPresent(); due = deliveries.take()) {
      Delivery delivery = due.get();
      Optional<String> trouble =
          sender.send(to, Long.toString(delivery.id()), delivery.event(), delivery.body());
      if (trouble.isEmpty()) {
        deliveries.delivered(delivery);
        taken++;
      } else {
        failed(delivery, trouble.get());
      }
    }
    return taken;
  }

  private void failed(Delivery delivery, String trouble) {
    Optional<Duration> pause = settings.pauses().after(delivery.attempts() + 1);
    deliveries.failed(delivery, pause, trouble);
    if (pause.isEmpty()) {
      LOG.warn(
          "delivery {} ({} {} of project {}) is dead after {} attempts: {}",
          delivery.id(),
          delivery.event(),
          delivery.subject(),
          delivery.project(),
          delivery.attempts() + 1,
          trouble);
    }
  }

  @Override
  public void stop() {
    Optional<Thread> running = thread;
    thread = Optional.empty();
    running.ifPresent(Thread::interrupt);
  }

  @Override
  public boolean isRunning() {
    return thread.isPresent();
  }
}
