package io.assay.web.ingest;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Why a request was not taken, as problem details (RFC 9457). */
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  private final HttpStatus status;
  private final String detail;
  private final transient Map<String, Object> more = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private int events;

  RequestRefused(HttpStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  /** Come back in so many seconds. */
  RequestRefused after(int seconds) {
    return header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }

  RequestRefused header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RequestRefused with(String name, Object value) {
    more.put(name, value);
    return this;
  }

  /** With what is wrong with single events. */
  RequestRefused because(List<Fault> faults) {
    return with("events", faults.stream().limit(SHOWN).toList());
  }

  /** How many events the request had, where that is known. */
  RequestRefused of(int number) {
    events = number;
    return this;
  }

  int events() {
    return events;
  }

  /** Whether the same request would be refused again. */
  boolean isForGood() {
    return status.is4xxClientError() && status != HttpStatus.TOO_MANY_REQUESTS;
  }

  /** What was wrong, with the first of its events that was. */
  String told() {
    return more.get("events") instanceof List<?> faults
            && !faults.isEmpty()
            && faults.getFirst() instanceof Fault fault
        ? "%s; the first is number %d: %s".formatted(detail, fault.position(), fault.reason())
        : detail;
  }

  /** What is wrong with an event of the request. */
  record Fault(int position, String reason) {}

  ResponseEntity<Object> answer(String path) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(status.getReasonPhrase());
    problem.setInstance(URI.create(path));
    more.forEach(problem::setProperty);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.forEach(answer::header);
    return answer.body(problem);
  }
}
