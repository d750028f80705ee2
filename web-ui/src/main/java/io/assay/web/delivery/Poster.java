package io.assay.web.delivery;

import io.assay.web.system.PrivateNetworks;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends one request, once, and follows nobody elsewhere. */
public final class Poster implements AutoCloseable {
  private final Duration answerWithin;
  private final Clock clock;
  private final HttpClient client;

  /** {@code answerWithin}: from the first byte sent to the last that is read. */
  public Poster(Duration answerWithin, Clock clock) {
    this.answerWithin = answerWithin;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(answerWithin)
            // Whoever answers could lead into a private network.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Sends it.
   *
   * @param privateNetworks whether the receiver may be in one
   */
  public Answer send(Post post, boolean privateNetworks) throws InterruptedException {
    try {
      if (!privateNetworks && PrivateNetworks.has(post.to().getHost())) {
        return new Answer.Private();
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(post.to())
              .timeout(answerWithin)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(post.body()));
      post.headers().forEach(request::header);
      return send(request.build());
    } catch (UnknownHostException unknown) {
      return new Answer.None("its host is not known");
    } catch (IllegalArgumentException wrong) {
      return new Answer.None("its address cannot be sent to");
    }
  }

  private Answer send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(request, head -> new FirstBytes());
    try {
      return answer(sent.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException failure) {
      return new Answer.None(why(failure.getCause()));
    } catch (TimeoutException late) {
      return new Answer.None("there was no whole answer within " + answerWithin);
    } finally {
      sent.cancel(true);
    }
  }

  private Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    return status >= 200 && status < 300
        ? new Answer.Taken(response.body())
        : new Answer.Turned(
            status,
            response
                .headers()
                .firstValue("Retry-After")
                .flatMap(text -> retryAfter(text, clock.instant())),
            response.body());
  }

  /**
   * A number of seconds, or a date (RFC 9110, 10.2.3); anything else is as if it were not there.
   */
  static Optional<Duration> retryAfter(String text, Instant now) {
    String given = text.strip();
    if (given.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(given)));
    }
    try {
      Instant until = ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** By its kind alone: messages of exceptions may hold the address. */
  private String why(@Nullable Throwable failure) {
    return switch (failure) {
      case HttpTimeoutException late -> "there was no answer within " + answerWithin;
      case UnknownHostException unknown -> "its host is not known";
      case ConnectException closed -> "there was no connection";
      case SSLException untrusted -> "there was no secure connection";
      case IOException broken -> "the connection broke";
      case null, default -> "it could not be sent";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
