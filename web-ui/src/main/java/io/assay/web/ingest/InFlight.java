package io.assay.web.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;

/** The bytes that requests at hand hold, all together never more than a limit. */
final class InFlight {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  InFlight(long limit) {
    this.limit = limit;
  }

  long held() {
    return held.get();
  }

  Lease lease() {
    return new Lease();
  }

  /** Of one request; closing it gives everything back. */
  final class Lease implements AutoCloseable {
    private long own;

    /** Looks, without taking anything, whether there is room. */
    void requireRoom(long bytes) {
      if (held.get() + bytes > limit) {
        throw busy();
      }
    }

    void take(long bytes) {
      if (held.addAndGet(bytes) > limit) {
        held.addAndGet(-bytes);
        throw busy();
      }
      own += bytes;
    }

    private RequestRefused busy() {
      return new RequestRefused(
              HttpStatus.TOO_MANY_REQUESTS,
              "more is sent than the broker takes at the moment; nothing of this request was kept")
          .after(1);
    }

    @Override
    public void close() {
      held.addAndGet(-own);
      own = 0;
    }
  }
}
