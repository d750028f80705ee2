package io.assay.web.system;

import io.assay.web.access.Access;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong and what to do: a page for people, problem details (RFC 9457) for programs. */
@Controller
class ErrorPages implements ErrorController {
  /** In our own words what was wrong, as an attribute of the request. */
  static final String WHY = "assay.why";

  /** Which of a status' texts fit, as an attribute of the request: the end of their key. */
  static final String TEXTS = "assay.texts";

  private static final Set<Integer> EXPLAINED =
      Set.of(400, 401, 403, 404, 405, 409, 410, 413, 429, 500, 503);

  private final MessageSource texts;
  private final Access access;

  ErrorPages(MessageSource texts, Access access) {
    this.texts = texts;
    this.access = access;
  }

  @RequestMapping("/error")
  Object show(HttpServletRequest request) {
    int status = status(request);
    String path = attribute(request, RequestDispatcher.ERROR_REQUEST_URI);
    return RequestKinds.isApi(path) ? problem(request, status, path) : page(request, status, path);
  }

  private ModelAndView page(HttpServletRequest request, int status, String path) {
    String project = RequestKinds.projectOfPage(path);
    boolean isMember =
        !project.isEmpty()
            && Denials.person().flatMap(person -> access.role(person, project)).isPresent();
    String kind = attribute(request, TEXTS);
    if (kind.isEmpty() && status == HttpStatus.NOT_FOUND.value() && isMember) {
      kind = "member";
    }
    var page = new ModelAndView("error");
    page.setStatus(HttpStatus.valueOf(status));
    page.addObject("status", status);
    page.addObject("key", "error." + explained(status) + (kind.isEmpty() ? "" : "." + kind));
    page.addObject("why", status >= 500 ? attribute(request, WHY) : ownWords(request));
    page.addObject("project", isMember ? project : "");
    return page;
  }

  /** Nothing that a framework says: it speaks of classes. */
  private static String ownWords(HttpServletRequest request) {
    String said = attribute(request, WHY);
    if (!said.isEmpty()) {
      return said;
    }
    return switch (request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE)) {
      case MethodArgumentTypeMismatchException mismatch -> wanted(mismatch);
      case ResponseStatusException refused -> Objects.requireNonNullElse(refused.getReason(), "");
      case null, default -> "";
    };
  }

  private ResponseEntity<ProblemDetail> problem(
      HttpServletRequest request, int status, String path) {
    String reason = reason(request);
    String key = "error." + explained(status);
    var problem = ProblemDetail.forStatus(status);
    problem.setTitle(texts.getMessage(key + ".title", null, request.getLocale()));
    problem.setDetail(
        reason.isEmpty() || status >= 500
            ? texts.getMessage(key + ".text", null, request.getLocale())
            : reason);
    problem.setInstance(URI.create(path));
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** What was said of it; of a value of another kind Spring says nothing. */
  private static String reason(HttpServletRequest request) {
    if (request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE)
        instanceof MethodArgumentTypeMismatchException mismatch) {
      return wanted(mismatch);
    }
    return attribute(request, RequestDispatcher.ERROR_MESSAGE);
  }

  private static String wanted(MethodArgumentTypeMismatchException mismatch) {
    Class<?> wanted = mismatch.getRequiredType();
    return "%s needs %s, got '%s'"
        .formatted(
            mismatch.getName(),
            wanted == null ? "another value" : kind(wanted),
            mismatch.getValue());
  }

  private static String kind(Class<?> wanted) {
    Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(wanted);
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == LocalDate.class) {
      return "a day such as 2027-01-31, of the years 0001 to 9999";
    }
    if (type == Double.class) {
      return "a number";
    }
    return Number.class.isAssignableFrom(type) ? "a whole number" : "another value";
  }

  /** Called by its own address, without an error: there is nothing. */
  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
            && HttpStatus.resolve(status) != null
        ? status
        : HttpStatus.NOT_FOUND.value();
  }

  private static int explained(int status) {
    if (EXPLAINED.contains(status)) {
      return status;
    }
    return status < 500 ? 400 : 500;
  }

  private static String attribute(HttpServletRequest request, String name) {
    return request.getAttribute(name) instanceof String text ? text : "";
  }
}
