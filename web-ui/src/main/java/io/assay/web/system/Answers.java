package io.assay.web.system;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers of other servers. */
public final class Answers {
  private Answers() {}

  /**
   * A whole answer within a time. A request's own timeout ends with the answer's head: who sends
   * that and then nothing would be waited for without end.
   *
   * @throws IOException where it is not there by then
   */
  public static HttpResponse<byte[]> whole(HttpClient client, HttpRequest request, Duration within)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("it did not answer within " + within, late);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(failure.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
