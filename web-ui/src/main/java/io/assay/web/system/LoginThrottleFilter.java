package io.assay.web.system;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands before the login, and hears of its success. */
@Component
final class LoginThrottleFilter extends OncePerRequestFilter
    implements AuthenticationSuccessHandler {
  private final LoginThrottle throttle;
  private final SavedRequestAwareAuthenticationSuccessHandler onward =
      new SavedRequestAwareAuthenticationSuccessHandler();

  LoginThrottleFilter(LoginThrottle throttle) {
    this.throttle = throttle;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST") || !request.getServletPath().equals("/login");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (throttle.admit(name(request), request.getRemoteAddr())) {
      chain.doFilter(request, response);
    } else {
      response.sendRedirect(request.getContextPath() + "/login?throttled");
    }
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException, ServletException {
    throttle.succeeded(name(request), request.getRemoteAddr());
    onward.onAuthenticationSuccess(request, response, authentication);
  }

  private static String name(HttpServletRequest request) {
    String name = request.getParameter("name");
    return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
  }
}
