package io.assay.web.sink;

import io.assay.stream.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves violations and counts from Kafka into PostgreSQL, each once, whatever happens on the way.
 *
 * <p>Any number of instances may run under one name. A slow or absent database slows the reading
 * down; nothing is dropped. Memory is bounded by one batch.
 */
public final class Sink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sink.class);
  private static final Duration END = Duration.ofSeconds(20);

  private final SinkLoop loop;
  private final Thread thread;

  private Sink(SinkLoop loop) {
    this.loop = loop;
    this.thread = new Thread(loop, "assay-sink");
  }

  /** Starts reading; the tables must be there. */
  public static Sink start(DataSource database, SinkSettings settings) {
    return start(database, settings, Traces.OFF);
  }

  /** The same; {@code traces} hear of violations that are traced. */
  static Sink start(DataSource database, SinkSettings settings, Traces traces) {
    var sink =
        new Sink(
            new SinkLoop(
                settings, new SinkTransaction(database, settings, Clock.systemUTC(), traces)));
    sink.thread.start();
    LOG.info(
        "sink {} reads {}.* from {}",
        settings.consumer(),
        settings.prefix(),
        settings.bootstrapServers());
    return sink;
  }

  /** What it has done so far, and what is in its way. */
  public SinkStatus status() {
    return loop.status();
  }

  /** Records that were not read yet, of the partitions that this one reads. */
  Map<TopicPartition, Long> lags() {
    return loop.lags();
  }

  /** Ends after the batch at hand. */
  @Override
  public void close() {
    loop.stop();
    try {
      if (!thread.join(END)) {
        LOG.warn("sink did not end within {}; what it was writing is rolled back", END);
        thread.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
