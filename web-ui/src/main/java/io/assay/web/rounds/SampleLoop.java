package io.assay.web.rounds;

import io.assay.stream.contract.SampleWriter;
import io.assay.web.system.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes to the topic what rounds propose, in every instance that knows a broker; each sample is
 * written by one of them at a time, and at least once.
 */
@Component
class SampleLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SampleLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 200;

  private final SampleOutbox outbox;
  private final Environment environment;
  private volatile Optional<Thread> thread = Optional.empty();

  SampleLoop(SampleOutbox outbox, Environment environment) {
    this.outbox = outbox;
    this.environment = environment;
  }

  @Override
  public void start() {
    // Known here before it runs: it goes on only while it is.
    thread =
        Broker.clients(environment)
            .map(clients -> Thread.ofVirtual().name("samples").unstarted(() -> run(clients)));
    thread.ifPresent(Thread::start);
  }

  private void run(Map<String, Object> clients) {
    var writer = new SampleWriter(clients, Broker.topics(environment));
    try {
      while (isRunning()) {
        try {
          sendDue(writer, clients);
        } catch (DataAccessException failure) {
          LOG.warn("samples cannot be read, and it is tried again: {}", failure.getMessage());
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopping) {
      LOG.debug("samples ended");
    }
  }

  /** Sends all that is due, or as much as the broker takes. No transaction is open meanwhile. */
  private void sendDue(SampleWriter writer, Map<String, Object> clients) {
    List<SampleOutbox.Due> due = outbox.take(AT_ONCE);
    while (!due.isEmpty()) {
      try {
        writer.write(due.stream().map(SampleOutbox.Due::sample).toList());
        outbox.sent(due);
      } catch (KafkaException failure) {
        outbox.failed(due, AFTER_FAILURE);
        LOG.warn(
            "{} samples wait and are sent again: {}", due.size(), Broker.told(clients, failure));
        return;
      }
      due = outbox.take(AT_ONCE);
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
