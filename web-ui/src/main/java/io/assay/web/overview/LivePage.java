package io.assay.web.overview;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An open page. A slow one delays no other, and hears of the latest state when it is ready. */
final class LivePage {
  private final SseEmitter emitter;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile long told = -1;

  LivePage(SseEmitter emitter) {
    this.emitter = emitter;
  }

  SseEmitter emitter() {
    return emitter;
  }

  /** Sends the state, if the page has not heard of it; else nothing, or a sign of life. */
  void tell(long state, boolean signOfLife) {
    boolean news = told != state;
    if ((news || signOfLife) && busy.compareAndSet(false, true)) {
      told = state;
      Thread.ofVirtual().start(() -> send(state, news));
    }
  }

  private void send(long state, boolean news) {
    try {
      emitter.send(
          news
              ? SseEmitter.event().reconnectTime(1000).name("changed").data(state)
              : SseEmitter.event().comment("quiet"));
    } catch (IOException | IllegalStateException gone) {
      emitter.completeWithError(gone);
    } finally {
      busy.set(false);
    }
  }
}
