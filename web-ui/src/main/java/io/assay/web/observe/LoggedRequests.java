package io.assay.web.observe;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.tracing.TraceParent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has what is logged of a request name the project that its path names, and the trace it is of. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LoggedRequests extends OncePerRequestFilter {
  static final String PROJECT = "project";
  private static final String TRACE = "trace.id";
  private static final Pattern OF_PROJECT =
      Pattern.compile("/(?:p|api/v1/projects)/([\\w.-]{1,64})(?:/.*)?");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws ServletException, IOException {
    Matcher path = OF_PROJECT.matcher(request.getRequestURI());
    if (path.matches()) {
      MDC.put(PROJECT, path.group(1));
    }
    TraceParent.read(request.getHeader(HeaderNames.TRACEPARENT))
        .ifPresent(parent -> MDC.put(TRACE, parent.trace()));
    try {
      next.doFilter(request, response);
    } finally {
      MDC.remove(PROJECT);
      MDC.remove(TRACE);
    }
  }
}
