package io.assay.web.system;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleContextResolver;
import org.springframework.web.util.WebUtils;

/**
 * The zone in which whoever reads a page has chosen to read times: the one that the address names,
 * for this look alone, else the one that a cookie keeps; UTC without a choice. Spring's dispatcher
 * asks for it once and keeps it for the request.
 */
@Component("localeResolver")
public final class ReadersZone implements LocaleContextResolver {
  static final String COOKIE = "assay-zone";
  static final String PARAMETER = "zone";
  private static final int LONGEST = 64;

  /** Of the request that this thread answers; UTC where it answers none. */
  public static ZoneId current() {
    if (LocaleContextHolder.getLocaleContext() instanceof TimeZoneAwareLocaleContext aware) {
      @Nullable TimeZone zone = aware.getTimeZone();
      return zone == null ? ZoneOffset.UTC : zone.toZoneId();
    }
    return ZoneOffset.UTC;
  }

  /** A zone by its name, as {@code Europe/Berlin}; nothing where there is none such. */
  static Optional<ZoneId> read(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** The zone that the address names, readable or not; empty where it names none. */
  static String named(HttpServletRequest request) {
    // Of what is sent no part is taken: a body is read by whom it is for.
    String name = request.getMethod().equals("GET") ? request.getParameter(PARAMETER) : null;
    return name == null ? "" : name.strip();
  }

  /** An unknown name, no longer than a name may be, to be shown. */
  static String shown(String name) {
    return name.substring(0, Math.min(LONGEST, name.length()));
  }

  @Override
  public LocaleContext resolveLocaleContext(HttpServletRequest request) {
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    String name = cookie == null ? "" : cookie.getValue();
    ZoneId zone = read(named(request)).or(() -> read(name)).orElse(ZoneId.of("UTC"));
    return new SimpleTimeZoneAwareLocaleContext(request.getLocale(), TimeZone.getTimeZone(zone));
  }

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    return request.getLocale();
  }

  @Override
  public void setLocaleContext(
      HttpServletRequest request,
      @Nullable HttpServletResponse response,
      @Nullable LocaleContext context) {
    throw new UnsupportedOperationException("a zone is chosen by POST /zone");
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("the language is the browser's");
  }
}
