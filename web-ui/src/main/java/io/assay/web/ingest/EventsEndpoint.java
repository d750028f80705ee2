package io.assay.web.ingest;

import io.assay.stream.tracing.Step;
import io.assay.stream.tracing.Traces;
import io.assay.web.access.Machine;
import io.assay.web.ingest.IngestFigures.Outcome;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where programs send events. */
@RestController
class EventsEndpoint {
  private final Intake intake;
  private final DeclaredStreams streams;
  private final IngestFigures figures;
  private final Forwarding forwarding;
  private final Traces traces;

  EventsEndpoint(
      Intake intake,
      DeclaredStreams streams,
      IngestFigures figures,
      Forwarding forwarding,
      Traces traces) {
    this.traces = traces;
    this.intake = intake;
    this.streams = streams;
    this.figures = figures;
    this.forwarding = forwarding;
  }

  @PostMapping("/api/v1/projects/{project}/events/{stream}")
  ResponseEntity<Object> take(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "refuse") String unreadable,
      @AuthenticationPrincipal @Nullable Machine machine,
      HttpServletRequest request) {
    try {
      if (machine != null && !machine.reaches(stream)) {
        throw new RequestRefused(
            HttpStatus.FORBIDDEN, "this token may not send to stream '" + stream + "'");
      }
      return ResponseEntity.accepted().body(traced(project, stream, unreadable, request));
    } catch (RequestRefused refused) {
      return refused.answer(request.getRequestURI());
    }
  }

  private Intake.Taken traced(
      String project, String stream, String unreadable, HttpServletRequest request) {
    String came = Received.traceparent(request);
    try (Step step = traces.begin("ingest " + stream, SpanKind.SERVER, came)) {
      step.with("assay.project", project)
          .with("assay.stream", stream)
          .with("http.request.method", "POST")
          .with("http.route", "/api/v1/projects/{project}/events/{stream}");
      try {
        Intake.Taken taken =
            intake.take(project, stream, unreadable(unreadable), request, step.traceparent());
        step.with("assay.events", taken.accepted());
        return taken;
      } catch (RequestRefused refused) {
        step.failed(String.valueOf(refused.getMessage()));
        throw refused;
      }
    }
  }

  private static Intake.Unreadable unreadable(String word) {
    return switch (word) {
      case "refuse" -> Intake.Unreadable.REFUSE;
      case "dead-letter" -> Intake.Unreadable.DEAD_LETTER;
      default ->
          throw new RequestRefused(
              HttpStatus.BAD_REQUEST, "unreadable needs refuse or dead-letter, got '" + word + "'");
    };
  }

  /** What this instance has taken since it started. */
  @GetMapping("/api/v1/projects/{project}/ingest")
  Status status(@PathVariable String project) {
    return new Status(
        streams.names(project).stream().map(name -> figures(project, name)).toList(),
        forwarding.status());
  }

  private OfStream figures(String project, String name) {
    return new OfStream(
        name,
        figures.of(project, name, Outcome.ACCEPTED),
        figures.of(project, name, Outcome.UNREADABLE),
        figures.of(project, name, Outcome.SAMPLED_OUT),
        figures.of(project, name, Outcome.REFUSED),
        figures.of(project, name, Outcome.UNACKNOWLEDGED));
  }

  /** Figures of all streams, and of what is forwarded. */
  record Status(List<OfStream> streams, List<ForwardAddress.Status> forwarding) {}

  /** Events, by what became of them. */
  record OfStream(
      String name,
      long accepted,
      long unreadable,
      long sampledOut,
      long refused,
      long unacknowledged) {}
}
