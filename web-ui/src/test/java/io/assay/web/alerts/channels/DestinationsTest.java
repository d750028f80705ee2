package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.rule.ir.Route.Receiver;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class DestinationsTest {
  private static final String KEY = "a key of enough letters";
  private static final String OWN_KEY = "another key, of as many letters";

  private final Destinations all =
      new Destinations(
          settings(
              Map.of(
                  "slackops", "https://hooks.slack.com/services/T0/B0/verysecret",
                  "prod-am", "https://user:verysecret@am.example.org/prefix/",
                  "hook", "https://example.org/verysecret",
                  "broken", "verysecret",
                  "empty", " "),
              KEY,
              "xoxb-verysecret",
              "assay@example.org"),
          true);

  private static ChannelSettings settings(
      Map<String, String> secrets, String key, String token, String from) {
    return new ChannelSettings(
        "https://assay.example.org/",
        secrets,
        key,
        key.isEmpty() ? Map.of() : Map.of("hook", OWN_KEY),
        false,
        new ChannelSettings.Slack(token, "https://slack.com/api/"),
        new ChannelSettings.Email(from),
        4,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofMinutes(1),
        Duration.ofDays(1));
  }

  @Test
  void alertmanagersApiIsBelowItsAddress() {
    for (String address : new String[] {"http://am:9093", "http://am:9093/api/v2/alerts/"}) {
      assertThat(all.find(Receiver.ALERTMANAGER, address))
          .isEqualTo(new Destination.Alertmanager(URI.create("http://am:9093/api/v2/alerts"), ""));
    }
    assertThat(all.find(Receiver.ALERTMANAGER, "secret:PROD_AM"))
        .isEqualTo(
            new Destination.Alertmanager(
                URI.create("https://am.example.org/prefix/api/v2/alerts"),
                "Basic dXNlcjp2ZXJ5c2VjcmV0"));
  }

  @Test
  void webhooksAreSignedByTheirOwnKeyOrTheOneOfAll() {
    assertThat(all.find(Receiver.WEBHOOK, "https://example.org/x"))
        .isEqualTo(new Destination.Webhook(URI.create("https://example.org/x"), KEY));
    assertThat(all.find(Receiver.WEBHOOK, "secret:hook"))
        .isEqualTo(new Destination.Webhook(URI.create("https://example.org/verysecret"), OWN_KEY));
  }

  @Test
  void slackIsAWebhookOrAChannel() {
    assertThat(all.find(Receiver.SLACK, "secret:SLACK_OPS"))
        .isInstanceOf(Destination.SlackHook.class);
    assertThat(all.find(Receiver.SLACK, "#alerts"))
        .isEqualTo(
            new Destination.SlackChannel(
                URI.create("https://slack.com/api/chat.postMessage"),
                "#alerts",
                "xoxb-verysecret"));
    assertThat(all.find(Receiver.SLACK, "C012AB3CD")).isInstanceOf(Destination.SlackChannel.class);
  }

  @Test
  void aMailboxIsAnAddress() {
    assertThat(all.find(Receiver.EMAIL, "team@example.org"))
        .isInstanceOf(Destination.Mailbox.class);
  }

  @Test
  void whatLeadsNowhereIsSaidWithoutItsSecret() {
    var bare = new Destinations(settings(Map.of(), "", "", ""), false);
    assertNowhere(all, Receiver.WEBHOOK, "secret:nobody", "assay.alerts.secrets.nobody is not set");
    assertNowhere(all, Receiver.WEBHOOK, "secret:empty", "there is no secret 'empty'");
    assertNowhere(all, Receiver.WEBHOOK, "secret:broken", "not an http or https address");
    assertNowhere(all, Receiver.ALERTMANAGER, "secret:broken", "not an http or https address");
    assertNowhere(all, Receiver.SLACK, "secret:broken", "Slack needs");
    assertNowhere(all, Receiver.EMAIL, "secret:broken", "not a mail address");
    assertNowhere(all, Receiver.ALERTMANAGER, "http://u:verysecret@h", "password in the rules");
    assertNowhere(all, Receiver.WEBHOOK, "http://u:verysecret@h", "not an http or https");
    assertNowhere(all, Receiver.EMAIL, "a@b.c\r\nBcc: d@e.f", "not a mail address");
    assertNowhere(bare, Receiver.WEBHOOK, "https://example.org", "assay.alerts.key");
    assertNowhere(bare, Receiver.SLACK, "#alerts", "assay.alerts.slack.token");
    assertNowhere(bare, Receiver.EMAIL, "team@example.org", "spring.mail.host");
  }

  private static void assertNowhere(
      Destinations in, Receiver receiver, String address, String why) {
    assertThat(in.find(receiver, address)).isInstanceOf(Destination.Nowhere.class);
    assertThat(in.find(receiver, address).toString()).contains(why).doesNotContain("verysecret");
  }

  @Test
  void nothingThatIsPrintedHasASecret() {
    ChannelSettings settings =
        settings(Map.of("a", "verysecret"), "verysecret-but-long-enough", "verysecret", "a@b.c");
    assertThat(settings.toString()).doesNotContain("verysecret");
    for (String address : new String[] {"secret:slackops", "secret:hook"}) {
      assertThat(all.find(Receiver.SLACK, address).toString()).doesNotContain("verysecret");
    }
    assertThat(all.find(Receiver.ALERTMANAGER, "secret:PROD_AM").toString())
        .doesNotContain("verysecret");
    assertThat(all.find(Receiver.WEBHOOK, "secret:hook").toString()).doesNotContain("verysecret");
    assertThatThrownBy(() -> settings(Map.of(), "short", "", ""))
        .hasMessage("assay.alerts.key needs 16 characters or more, got 5");
  }

  @Test
  void secretsComeFromTheEnvironmentUnderAnyOfTheirNames() {
    Map<String, Object> environment =
        Map.of("ASSAY_ALERTS_SECRETS_SLACK_OPS", "a", "ASSAY_ALERTS_SECRETS_AM", "b");
    var binder =
        new Binder(
            ConfigurationPropertySources.from(
                new SystemEnvironmentPropertySource("systemEnvironment", environment)));
    ChannelSettings bound = binder.bindOrCreate("assay.alerts", ChannelSettings.class);
    var secrets = new Secrets(bound.secrets());
    assertThat(secrets.find("slack-ops")).hasValue("a");
    assertThat(secrets.find("SLACK_OPS")).hasValue("a");
    assertThat(secrets.find("am")).hasValue("b");
    assertThat(secrets.find("ops")).isEmpty();
  }

  @Test
  void addressesAreShownWithoutTheirPaths() {
    assertThat(ShownAddress.of("https://hooks.slack.com/services/T0/B0/x"))
        .isEqualTo("https://hooks.slack.com/…");
    assertThat(ShownAddress.of("http://u:p@am:9093")).isEqualTo("http://am:9093");
    assertThat(ShownAddress.of("secret:ops")).isEqualTo("secret:ops");
    assertThat(ShownAddress.of("#alerts")).isEqualTo("#alerts");
    assertThat(ShownAddress.of("https://a b/token")).isEqualTo("…");
    assertThat(ShownAddress.of("htps://hooks.slack.com/services/T0/B0/x")).isEqualTo("…");
    assertThat(ShownAddress.of("hooks.slack.com/services/T0/B0/x")).isEqualTo("…");
    assertThat(ShownAddress.of("oncall@example.org")).isEqualTo("oncall@example.org");
  }
}
