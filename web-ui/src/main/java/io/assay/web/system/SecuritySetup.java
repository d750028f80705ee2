package io.assay.web.system;

import io.assay.web.access.Tokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.web.filter.UrlHandlerFilter;

/** The filters that stand before every page. */
@Configuration(proxyBeanMethods = false)
class SecuritySetup {
  /** No inline script or style, nothing from elsewhere; Tabler's icons are data images. */
  static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  /** No text that PostgreSQL cannot hold: it has no U+0000. */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setAllowedParameterValues(value -> value.indexOf(0) < 0);
    return firewall;
  }

  /**
   * A slash too many at the end of an address leads on to what is there without it, for good and
   * with its query. Before anybody is asked who they are: it says nothing of what is there. No
   * pattern fits what begins with two slashes, which would lead to another server. Only what reads
   * is led on: many clients that send do not follow, and would take events that went nowhere for
   * sent.
   */
  @Bean
  FilterRegistrationBean<Filter> slashes() {
    Filter onwards =
        UrlHandlerFilter.trailingSlashHandler("/login/", "/p/*/**", "/api/v1/**")
            .redirect(HttpStatus.PERMANENT_REDIRECT)
            .build();
    var slashes =
        new FilterRegistrationBean<Filter>(
            (request, answer, next) -> {
              if (RequestKinds.reads((HttpServletRequest) request)) {
                onwards.doFilter(request, answer, next);
              } else {
                next.doFilter(request, answer);
              }
            });
    slashes.setName("slashes");
    slashes.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
    return slashes;
  }

  /** Programs with a token: no session, and so nothing that a forged request could use. */
  @Bean
  @Order(1)
  SecurityFilterChain programs(
      HttpSecurity http, Gate gate, Denials denials, Tokens tokens, Clock clock) {
    return http.securityMatcher(BearerFilter::isBearer)
        .authorizeHttpRequests(by(gate))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .addFilterBefore(
            new BearerFilter(tokens, new BearerThrottle(clock)),
            AnonymousAuthenticationFilter.class)
        .headers(strict())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain filters(
      HttpSecurity http, Gate gate, Denials denials, LoginThrottleFilter throttle) {
    return http.authorizeHttpRequests(by(gate))
        .formLogin(
            login ->
                login
                    .loginPage("/login")
                    .usernameParameter("name")
                    .passwordParameter("password")
                    .successHandler(throttle)
                    .failureHandler(throttle))
        .logout(logout -> logout.logoutSuccessUrl("/login?out"))
        .requestCache(cache -> cache.requestCache(pagesOnly()))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .addFilterBefore(throttle, UsernamePasswordAuthenticationFilter.class)
        .headers(strict())
        .build();
  }

  private static Customizer<
          AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry>
      by(Gate gate) {
    return requests ->
        requests
            .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
            .permitAll()
            .anyRequest()
            .access(gate);
  }

  private static Customizer<HeadersConfigurer<HttpSecurity>> strict() {
    return headers ->
        headers
            .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
            .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
            .permissionsPolicyHeader(
                policy -> policy.policy("camera=(), microphone=(), geolocation=()"))
            .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
  }

  /** After the login one goes on to the page that was asked for, never to a picture or fragment. */
  private static HttpSessionRequestCache pagesOnly() {
    var cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(
        request ->
            request.getMethod().equals("GET")
                && RequestKinds.isPage(request)
                && !request.getServletPath().contains("/media/"));
    return cache;
  }

  @Bean
  static PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }
}
