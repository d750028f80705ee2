package io.assay.web.overview;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that the sink has stored something new; they then ask for what they show, so
 * that every figure passes the same rules of access.
 */
@RestController
class LiveFeed {
  /** A stream ends now and then: the browser opens it again, and is then asked for its right. */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final int BEATS_BETWEEN_SIGNS_OF_LIFE = 30;

  private final JdbcClient jdbc;
  private final Set<LivePage> pages = ConcurrentHashMap.newKeySet();
  private int beats;

  LiveFeed(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @GetMapping(path = "/p/{project}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter listen() {
    var listener = new LivePage(new SseEmitter(LIFETIME.toMillis()));
    SseEmitter emitter = listener.emitter();
    emitter.onCompletion(() -> pages.remove(listener));
    emitter.onTimeout(emitter::complete);
    emitter.onError(failure -> pages.remove(listener));
    pages.add(listener);
    return emitter;
  }

  /** Half a second, so that a page is up to date within one. */
  @Scheduled(fixedDelay = 500)
  void beat() {
    if (pages.isEmpty()) {
      return;
    }
    // The sink moves its offsets in the transaction that stores the rows.
    long state =
        jdbc.sql("select coalesce(sum(next_offset), 0) from sink_offset")
            .query(Long.class)
            .single();
    boolean signOfLife = ++beats % BEATS_BETWEEN_SIGNS_OF_LIFE == 0;
    pages.forEach(page -> page.tell(state, signOfLife));
  }
}
