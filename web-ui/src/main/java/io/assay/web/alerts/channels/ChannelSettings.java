package io.assay.web.alerts.channels;

import io.assay.web.delivery.Pauses;
import io.assay.web.system.WebAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices of alerts go out; the properties {@code assay.alerts.*}. The mail server is Spring's
 * {@code spring.mail.*}.
 *
 * @param address of this web interface as people and programs reach it; empty: notices have neither
 *     links nor pictures
 * @param secrets what targets of the rules may name by {@code secret:NAME}
 * @param key signs what webhooks are sent; empty: only those with a key of their own are sent to
 * @param keys of webhooks whose address is {@code secret:NAME}, by that name
 * @param privateNetworks whether addresses of the rules may be in private networks
 * @param pace the least time between two notices to one target
 * @param resend how often an Alertmanager is told of what still fires
 * @param keep how long it is remembered what was sent
 */
@ConfigurationProperties("assay.alerts")
record ChannelSettings(
    @DefaultValue("") String address,
    @DefaultValue Map<String, String> secrets,
    @DefaultValue("") String key,
    @DefaultValue Map<String, String> keys,
    @DefaultValue("false") boolean privateNetworks,
    @DefaultValue Slack slack,
    @DefaultValue Email email,
    @DefaultValue("25") int attempts,
    @DefaultValue("10s") Duration firstPause,
    @DefaultValue("10m") Duration longestPause,
    @DefaultValue("10s") Duration answerWithin,
    @DefaultValue("1s") Duration pace,
    @DefaultValue("1m") Duration resend,
    @DefaultValue("30d") Duration keep) {
  private static final int SHORTEST_KEY = 16;

  /**
   * For targets that are channels, {@code slack("#alerts")}.
   *
   * @param token of a bot that may {@code chat:write}
   * @param api where Slack's methods are
   */
  record Slack(@DefaultValue("") String token, @DefaultValue("https://slack.com/api") String api) {
    Slack {
      api = withoutSlash(api);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Slack[" + api + "]";
    }
  }

  /** {@code from}: whom mails are from; needed for {@code email("…")}. */
  record Email(@DefaultValue("") String from) {}

  ChannelSettings {
    address = withoutSlash(address);
    secrets = Map.copyOf(secrets);
    keys = Map.copyOf(keys);
    if (!address.isEmpty() && !WebAddress.isWeb(address)) {
      throw new IllegalArgumentException(
          "assay.alerts.address needs an http or https address without a user");
    }
    var all = new TreeMap<>(keys);
    if (!key.isEmpty()) {
      all.put("", key);
    }
    all.forEach(
        (name, one) -> {
          if (one.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                "assay.alerts.key%s needs %d characters or more, got %d"
                    .formatted(name.isEmpty() ? "" : "s." + name, SHORTEST_KEY, one.length()));
          }
        });
    var unused = Pauses.of("assay.alerts", attempts, firstPause, longestPause);
    if (!answerWithin.isPositive() || pace.isNegative() || !resend.isPositive()) {
      throw new IllegalArgumentException(
          "assay.alerts needs answer-within > 0, pace >= 0 and resend > 0, got %s, %s and %s"
              .formatted(answerWithin, pace, resend));
    }
    if (!keep.isPositive()) {
      throw new IllegalArgumentException("assay.alerts.keep needs more than 0, got " + keep);
    }
  }

  Pauses pauses() {
    return new Pauses(attempts, firstPause, longestPause);
  }

  /** Whoever sends a notice has it for so long; when that process dies, another sends it then. */
  Duration lease() {
    return answerWithin.multipliedBy(6);
  }

  /** An attempt that takes longer is ended: mail servers are asked several things in turn. */
  Duration deadline() {
    return answerWithin.multipliedBy(4);
  }

  private static String withoutSlash(String address) {
    return address.replaceFirst("/+$", "");
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ChannelSettings[%s, %s, %s, private networks %s]"
        .formatted(address, slack, email, privateNetworks);
  }
}
