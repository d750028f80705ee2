package io.assay.stream.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Something that takes a while and is part of a trace; mostly of none, and then nothing is done.
 * While it is under way, what this thread logs names the trace. Belongs to one thread.
 */
public final class Step implements AutoCloseable {
  /** As Elastic's common schema calls it. */
  private static final String LOGGED = "trace.id";

  private static final Step NONE = new Step(null, null, null);

  private final @Nullable Span span;
  private final @Nullable String traceparent;
  private final @Nullable String loggedBefore;

  private Step(@Nullable Span span, @Nullable String traceparent, @Nullable String loggedBefore) {
    this.loggedBefore = loggedBefore;
    this.span = span;
    this.traceparent = traceparent;
  }

  /** Of nothing that is told; {@code traceparent} is handed on as it came. */
  public static Step handOn(@Nullable String traceparent) {
    return traceparent == null ? NONE : new Step(null, traceparent, null);
  }

  static Step of(Span span) {
    var context = span.getSpanContext();
    String before = MDC.get(LOGGED);
    MDC.put(LOGGED, context.getTraceId());
    return new Step(
        span,
        "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex()),
        before);
  }

  /** What those get who go on with this; null where there is no trace. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** Says more of it. */
  public Step with(String name, String value) {
    if (span != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** Says more of it. */
  public Step with(String name, long value) {
    if (span != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** It came to nothing. */
  public void failed(String why) {
    if (span != null) {
      span.setStatus(StatusCode.ERROR, why);
    }
  }

  @Override
  public void close() {
    if (span != null) {
      span.end();
      if (loggedBefore == null) {
        MDC.remove(LOGGED);
      } else {
        MDC.put(LOGGED, loggedBefore);
      }
    }
  }
}
