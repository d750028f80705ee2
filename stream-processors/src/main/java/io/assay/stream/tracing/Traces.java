package io.assay.stream.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a collector of spans, in batches and on a thread of its own; what it does not take in time
 * is lost, and holds nothing up. Without a collector nothing is done.
 */
public final class Traces implements AutoCloseable {
  /** Traces nothing. */
  public static final Traces OFF = new Traces(null);

  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
  private static final Duration TO_END = Duration.ofSeconds(2);

  private final @Nullable SdkTracerProvider provider;
  private final @Nullable Tracer tracer;

  private Traces(@Nullable SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider == null ? null : provider.get("io.assay");
  }

  /** {@code program}: by which name it is known, such as {@code assay-web}. */
  public static Traces of(TracingSettings settings, String program) {
    URI endpoint = settings.endpoint();
    if (endpoint == null) {
      return OFF;
    }
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setTimeout(Duration.ofSeconds(5));
    settings.headers().forEach(exporter::addHeader);
    LOG.info("traces go to {}", settings.shown());
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), program))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampled())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .build())
            .build());
  }

  /** Whether there is anything to be told of what came with this. */
  public boolean follows(@Nullable String traceparent) {
    return tracer != null && traceparent != null;
  }

  /** Goes on with a trace that came, where it is sampled. */
  public Step follow(String name, SpanKind kind, @Nullable String traceparent) {
    return follow(name, kind, traceparent, null);
  }

  /** Likewise, of something that has begun before. */
  public Step follow(
      String name, SpanKind kind, @Nullable String traceparent, @Nullable Instant begun) {
    if (tracer == null || traceparent == null) {
      return Step.handOn(traceparent);
    }
    Optional<TraceParent> parent = TraceParent.read(traceparent).filter(TraceParent::sampled);
    return parent.isEmpty()
        ? Step.handOn(traceparent)
        : started(tracer.spanBuilder(name).setParent(context(parent.get())), kind, begun);
  }

  /** Goes on with a trace that came; of a share where none did, begins one. */
  public Step begin(String name, SpanKind kind, @Nullable String traceparent) {
    if (tracer == null || TraceParent.read(traceparent).isPresent()) {
      return follow(name, kind, traceparent);
    }
    return started(tracer.spanBuilder(name).setNoParent(), kind, null);
  }

  private static Context context(TraceParent parent) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parent.trace(),
                    parent.span(),
                    TraceFlags.getSampled(),
                    TraceState.getDefault())));
  }

  private static Step started(SpanBuilder builder, SpanKind kind, @Nullable Instant begun) {
    if (begun != null) {
      builder.setStartTimestamp(begun);
    }
    Span span = builder.setSpanKind(kind).startSpan();
    return span.getSpanContext().isSampled() ? Step.of(span) : Step.handOn(null);
  }

  /** Tells what was not told yet, as far as that takes no longer than two seconds. */
  @Override
  public void close() {
    if (provider != null) {
      provider.shutdown().join(TO_END.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
