package io.assay.web.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of one request. */
public sealed interface Answer {
  /**
   * The receiver took it: any status from 200 to 299.
   *
   * @param body its first {@link FirstBytes#MOST} bytes
   */
  record Taken(String body) implements Answer {}

  /**
   * Any other status, redirects too.
   *
   * @param retryAfter how long the receiver asks to wait
   * @param body its first {@link FirstBytes#MOST} bytes
   */
  record Turned(int status, Optional<Duration> retryAfter, String body) implements Answer {
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    /** Whether the same request may be taken later: not where the request itself is wrong. */
    public boolean mayPass() {
      return status < 400 || status >= 500 || status == TIMEOUT || status == TOO_MANY;
    }
  }

  /** There was no answer. {@code why}: in own words, which never hold an address. */
  record None(String why) implements Answer {}

  /** It was not sent, since its host is in a private network. */
  record Private() implements Answer {}
}
