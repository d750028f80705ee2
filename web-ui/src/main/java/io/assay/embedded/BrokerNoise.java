package io.assay.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps from the log what a broker that is its own controller warns of at every start and end,
 * though nothing is wrong. The same loggers have warnings that matter, so it goes by the text.
 */
public final class BrokerNoise extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    String text = event.getMessage();
    boolean noise =
        text != null
            && event.getLoggerName().startsWith("org.apache.kafka.")
            && (text.contains("Performing controller activation.")
                || text.contains("Attempting to close NetworkClient that has already been closed"));
    return noise ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
