package io.assay.bench.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.springframework.core.Ordered;

/** Around all that the server does for a request: how long it took, and what it cost. */
final class RequestMeter implements Filter, Ordered {
  /** By this header of a request its figures are found. */
  static final String HEADER = "bench-request";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, Metered> metered = new ConcurrentHashMap<>();

  /** Around the filters of Spring Security, too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String name = ((HttpServletRequest) request).getHeader(HEADER);
    if (name == null) {
      chain.doFilter(request, response);
      return;
    }
    var meter = new Metered();
    Metered.CURRENT.set(meter);
    long cpu = THREADS.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    try {
      chain.doFilter(request, response);
      response.flushBuffer();
    } finally {
      meter.nanos = System.nanoTime() - begun;
      meter.cpuNanos = THREADS.getCurrentThreadCpuTime() - cpu;
      Metered.CURRENT.remove();
      metered.put(name, meter);
    }
  }

  /**
   * The figures of a request that was answered; each is given once. The answer may be read before
   * the last of them is written.
   */
  Metered take(String name) {
    long end = System.nanoTime() + 5_000_000_000L;
    while (true) {
      Metered found = metered.remove(name);
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nothing was metered of " + name);
      }
      LockSupport.parkNanos(50_000);
    }
  }
}
