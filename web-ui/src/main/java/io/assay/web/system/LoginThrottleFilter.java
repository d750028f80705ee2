package io.assay.web.system;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/** Stands before the login, and hears of what came of it. */
@Component
final class LoginThrottleFilter extends OncePerRequestFilter
    implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
  private static final int LONGEST_NAME = 100;

  private final LoginThrottle throttle;
  private final SavedRequestAwareAuthenticationSuccessHandler onward =
      new SavedRequestAwareAuthenticationSuccessHandler();
  private final FlashMapManager flashes = new SessionFlashMapManager();

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
      back("throttled", request, response);
    }
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException, ServletException {
    throttle.succeeded(name(request), request.getRemoteAddr());
    onward.onAuthenticationSuccess(request, response, authentication);
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    back("failed", request, response);
  }

  /** The name that was typed waits in the session: an address would end in logs. */
  private void back(String notice, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String typed = request.getParameter("name");
    if (typed != null && request.getSession(false) != null) {
      var kept = new FlashMap();
      kept.setTargetRequestPath("/login");
      kept.put("name", typed.substring(0, Math.min(LONGEST_NAME, typed.length())));
      flashes.saveOutputFlashMap(kept, request, response);
    }
    response.sendRedirect(request.getContextPath() + "/login?" + notice);
  }

  private static String name(HttpServletRequest request) {
    String name = request.getParameter("name");
    return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
  }
}
