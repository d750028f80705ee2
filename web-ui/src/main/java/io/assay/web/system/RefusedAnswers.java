package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What no endpoint takes: programs are told why, as problem details. */
@RestControllerAdvice(annotations = RestController.class)
class RefusedAnswers {
  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }
}
