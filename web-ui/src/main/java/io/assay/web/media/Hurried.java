package io.assay.web.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What another server sends, as long as it sends: who waits for more for too long is told so.
 * {@link java.net.http.HttpRequest}'s own timeout ends with the head of an answer.
 */
final class Hurried extends FilterInputStream {
  private final Duration within;
  private final AtomicBoolean stalled = new AtomicBoolean();

  Hurried(InputStream in, Duration within) {
    super(in);
    this.within = within;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    var done = new CompletableFuture<Integer>();
    // A read of this kind does not hear of interruptions; that it is closed it does.
    var watched =
        done.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((read, late) -> stopIf(late != null));
    try {
      int read = super.read(into, from, length);
      done.complete(read);
      return read;
    } catch (IOException broken) {
      done.complete(-1);
      if (stalled.get()) {
        throw new IOException("nothing came for " + within, broken);
      }
      throw broken;
    } finally {
      watched.cancel(false);
    }
  }

  private void stopIf(boolean late) {
    if (late && stalled.compareAndSet(false, true)) {
      try {
        in.close();
      } catch (IOException closedAlready) {
        // The reader is told all the same.
        return;
      }
    }
  }
}
