package io.assay.web.alerts.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.rule.ir.Route.Receiver;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds where targets of rules lead. What cannot be is said without saying a secret. */
final class Destinations {
  private static final String ALERTS = "/api/v2/alerts";
  private static final Pattern CHANNEL = Pattern.compile("#\\S{1,80}|[CDGU][A-Z0-9]{5,30}");

  private final ChannelSettings settings;
  private final Secrets secrets;
  private final Secrets keys;
  private final boolean mailServer;

  /** {@code mailServer}: whether there is one. */
  Destinations(ChannelSettings settings, boolean mailServer) {
    this.settings = settings;
    this.secrets = new Secrets(settings.secrets());
    this.keys = new Secrets(settings.keys());
    this.mailServer = mailServer;
  }

  /** {@code address}: as the rules have it. */
  Destination find(Receiver receiver, String address) {
    Optional<String> name = Secrets.nameIn(address);
    Optional<String> known = name.map(secrets::find).orElse(Optional.of(address));
    if (known.isEmpty()) {
      return new Destination.Nowhere(
          "there is no secret '%s': assay.alerts.secrets.%s is not set"
              .formatted(name.orElseThrow(), name.orElseThrow()));
    }
    String place = known.get().strip();
    return switch (receiver) {
      case ALERTMANAGER -> alertmanager(place, name.isPresent());
      case WEBHOOK -> webhook(place, name);
      case SLACK -> slack(place);
      case EMAIL -> mailbox(place);
    };
  }

  private static Destination alertmanager(String place, boolean secret) {
    Optional<URI> found = web(place);
    if (found.isEmpty()) {
      return noAddress();
    }
    URI to = found.get();
    String user = to.getUserInfo();
    if (user != null && !secret) {
      return new Destination.Nowhere(
          "its address has a password in the rules; name it by secret:NAME");
    }
    String path = to.getRawPath() == null ? "" : to.getRawPath().replaceFirst("/+$", "");
    String whole = path.endsWith(ALERTS) ? path : path + ALERTS;
    return new Destination.Alertmanager(
        URI.create(to.getScheme() + "://" + hostAndPort(to) + whole),
        user == null ? "" : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }

  private static String hostAndPort(URI to) {
    return to.getPort() < 0 ? to.getHost() : to.getHost() + ":" + to.getPort();
  }

  private Destination webhook(String place, Optional<String> name) {
    Optional<URI> to = web(place).filter(one -> one.getRawUserInfo() == null);
    if (to.isEmpty()) {
      return noAddress();
    }
    Optional<String> key =
        name.flatMap(keys::find)
            .or(() -> Optional.of(settings.key()).filter(one -> !one.isEmpty()));
    if (key.isEmpty()) {
      return new Destination.Nowhere(
          "there is no key to sign by: set assay.alerts.key"
              + name.map(one -> " or assay.alerts.keys." + one).orElse(""));
    }
    return new Destination.Webhook(to.get(), key.get());
  }

  private Destination slack(String place) {
    Optional<URI> hook = web(place).filter(one -> one.getRawUserInfo() == null);
    if (hook.isPresent()) {
      return new Destination.SlackHook(hook.get());
    }
    if (!CHANNEL.matcher(place).matches()) {
      return new Destination.Nowhere(
          "Slack needs the address of an incoming webhook, a channel as in #alerts, or its id");
    }
    ChannelSettings.Slack slack = settings.slack();
    Optional<URI> method = web(slack.api() + "/chat.postMessage");
    if (slack.token().isEmpty() || method.isEmpty()) {
      return new Destination.Nowhere("a channel of Slack needs assay.alerts.slack.token");
    }
    return new Destination.SlackChannel(method.get(), place, slack.token());
  }

  private Destination mailbox(String place) {
    if (!mailServer) {
      return new Destination.Nowhere("there is no mail server: set spring.mail.host");
    }
    Optional<InternetAddress> from = mail(settings.email().from());
    if (from.isEmpty()) {
      return new Destination.Nowhere("mails need assay.alerts.email.from, a mail address");
    }
    return mail(place)
        .<Destination>map(to -> new Destination.Mailbox(from.get(), to))
        .orElseGet(() -> new Destination.Nowhere("it is not a mail address"));
  }

  private static Destination noAddress() {
    return new Destination.Nowhere("it is not an http or https address");
  }

  private static Optional<URI> web(String place) {
    try {
      URI to = URI.create(place);
      boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      return web && to.getHost() != null ? Optional.of(to) : Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static Optional<InternetAddress> mail(String place) {
    try {
      var address = new InternetAddress(place, true);
      return address.getAddress().contains("@") ? Optional.of(address) : Optional.empty();
    } catch (AddressException broken) {
      return Optional.empty();
    }
  }
}
