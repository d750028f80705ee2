package io.assay.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps from the log what Kafka Streams says, with stack traces, of its daily work under
 * exactly-once: a transaction begins while the last one still ends, and after a kill local copies
 * of state are thrown away and read again from the broker.
 */
public final class StreamsNoise extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith("org.apache.kafka.")) {
      return FilterReply.NEUTRAL;
    }
    String text = event.getFormattedMessage();
    boolean noise =
        text != null
            && (text.endsWith("Error: CONCURRENT_TRANSACTIONS")
                || text.contains("did not find checkpoint offsets while stores are not empty")
                || text.contains("Encounter corrupted task")
                || text.contains("TaskCorruptedException")
                || text.contains("Detected the states of tasks")
                || text.contains("are corrupted and hence need to be re-initialized")
                || text.contains("Using an OS temp directory in the state.dir"));
    return noise ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
