package io.assay.web.imputation;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * Why a question about imputers, or for what is missing, was not taken. In words that may hold any
 * sign.
 */
final class ImputerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String detail;

  ImputerRefused(HttpStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  static ImputerRefused bad(String detail) {
    return new ImputerRefused(HttpStatus.BAD_REQUEST, detail);
  }

  /** As problem details (RFC 9457). */
  ResponseEntity<Object> answer(String path) {
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
