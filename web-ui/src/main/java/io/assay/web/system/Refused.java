package io.assay.web.system;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * Why a program's or a person's request was not taken. In words that may hold any sign: Spring
 * takes quotes in those of its own exceptions for a pattern's.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String detail;

  public Refused(HttpStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  public static Refused bad(String detail) {
    return new Refused(HttpStatus.BAD_REQUEST, detail);
  }

  public HttpStatus status() {
    return status;
  }

  public String detail() {
    return detail;
  }

  /** As problem details (RFC 9457). */
  public ResponseEntity<Object> answer(String path) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(status.getReasonPhrase());
    problem.setInstance(URI.create(path));
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, "5");
    }
    return answer.body(problem);
  }
}
