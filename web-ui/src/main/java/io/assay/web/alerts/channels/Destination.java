package io.assay.web.alerts.channels;

import jakarta.mail.internet.InternetAddress;
import java.net.URI;

/** Where a target of a route truly leads, secrets resolved. Never shown, never logged. */
sealed interface Destination {
  /**
   * Alertmanager.
   *
   * @param to the address of {@code /api/v2/alerts}
   * @param authorization the header's value; empty: none
   */
  record Alertmanager(URI to, String authorization) implements Destination {
    @Override
    public String toString() {
      return "Alertmanager";
    }
  }

  /** {@code key}: what bodies are signed by. */
  record Webhook(URI to, String key) implements Destination {
    @Override
    public String toString() {
      return "Webhook";
    }
  }

  /** An incoming webhook of Slack: its address is all that it takes to write there. */
  record SlackHook(URI to) implements Destination {
    @Override
    public String toString() {
      return "SlackHook";
    }
  }

  /**
   * A channel of Slack, written to by a bot.
   *
   * @param channel its name with {@code #}, or its id
   */
  record SlackChannel(URI method, String channel, String token) implements Destination {
    @Override
    public String toString() {
      return "SlackChannel";
    }
  }

  /** One mailbox, or a list's. */
  record Mailbox(InternetAddress from, InternetAddress to) implements Destination {
    @Override
    public String toString() {
      return "Mailbox";
    }
  }

  /** It leads nowhere; {@code why} is for people, and without secrets. */
  record Nowhere(String why) implements Destination {}
}
