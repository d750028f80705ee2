package io.assay.web.system;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** The filters that stand before every page. */
@Configuration(proxyBeanMethods = false)
class SecuritySetup {
  /** No inline script or style, nothing from elsewhere; Tabler's icons are data images. */
  static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  @Bean
  SecurityFilterChain filters(
      HttpSecurity http, Gate gate, Denials denials, LoginThrottleFilter throttle) {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .access(gate))
        .formLogin(
            login ->
                login
                    .loginPage("/login")
                    .usernameParameter("name")
                    .passwordParameter("password")
                    .successHandler(throttle)
                    .failureUrl("/login?failed"))
        .logout(logout -> logout.logoutSuccessUrl("/login?out"))
        .requestCache(cache -> cache.requestCache(pagesOnly()))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .addFilterBefore(throttle, UsernamePasswordAuthenticationFilter.class)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=()"))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
        .build();
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
