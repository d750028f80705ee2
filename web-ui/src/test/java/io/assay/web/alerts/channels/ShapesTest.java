package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent has the shape that each receiver's documents ask for. */
class ShapesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BASE = "https://assay.example.org";
  private static final Duration RESEND = Duration.ofMinutes(1);

  private static final NoticeAlert FIRING = Notices.alert("flicker", null, "v-1");
  private static final NoticeAlert OVER = Notices.alert("gap", Notices.NOW, null);
  private static final Shown SHOWN = shown(Notices.firing(FIRING, OVER));

  private static Shown shown(Notice notice) {
    return Shown.of(notice, BASE, Optional.of("/pictures/default?ref=x"));
  }

  @Test
  void alertmanagerIsToldUntilWhenAnAlertHoldsUnlessItIsToldAgain() {
    String body = JSON.writeValueAsString(AlertmanagerPush.of(SHOWN, Notices.NOW, RESEND));
    Strict.alertmanager(body);
    JsonNode alerts = JSON.readTree(body);
    assertThat(alerts.at("/0/endsAt").asString()).isEqualTo("2026-11-27T09:04:00Z");
    assertThat(alerts.at("/1/endsAt").asString()).isEqualTo("2026-11-27T09:00:00Z");
    assertThat(alerts.at("/0/generatorURL").asString()).isEqualTo(BASE + "/p/default/alerts/f1a2");
    assertThat(alerts.at("/0/annotations/picture").asString())
        .isEqualTo(BASE + "/pictures/default?ref=x");
    assertThat(alerts.at("/1/annotations/picture").isMissingNode()).isTrue();
  }

  @Test
  void thePictureIsOfTheAlertThatHasAViolation() {
    Shown shown = shown(Notices.firing(Notices.alert("gap", null, null), FIRING));
    JsonNode alerts =
        JSON.readTree(JSON.writeValueAsString(AlertmanagerPush.of(shown, Notices.NOW, RESEND)));
    assertThat(alerts.at("/0/annotations").has("picture")).isFalse();
    assertThat(alerts.at("/1/annotations").has("picture")).isTrue();
  }

  @Test
  void namesAreMadeOnesThatEveryAlertmanagerTakes() {
    var given = new TreeMap<>(Map.of("a.b", "1", "a-b", "2", "1st", "3", "ok_1", "4", "none", ""));
    assertThat(AlertmanagerPush.names(given))
        .isEqualTo(Map.of("a_b", "2", "a_b_", "1", "_1st", "3", "ok_1", "4"));
  }

  @Test
  void aWebhookIsSentTheShapeOfAlertmanagersOwn() {
    String body = JSON.writeValueAsString(WebhookBody.of(SHOWN));
    Strict.webhook(body);
    JsonNode data = JSON.readTree(body);
    assertThat(data.path("receiver").asString()).isEqualTo("perception");
    assertThat(data.path("truncatedAlerts").asInt()).isEqualTo(3);
    assertThat(data.path("externalURL").asString()).isEqualTo(BASE);
    assertThat(data.at("/alerts/1/status").asString()).isEqualTo("resolved");
    assertThat(data.at("/commonLabels/level").asString()).isEqualTo("critical");
    assertThat(data.path("commonLabels").has("alertname")).isFalse();
    assertThat(data.path("commonAnnotations").has("picture")).isFalse();
    assertThat(data.path("commonAnnotations").has("summary")).isTrue();
  }

  @Test
  void slackIsSentBlocksWithinItsLimits() {
    String signs = "<&>".repeat(5000);
    NoticeAlert[] many =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new NoticeAlert(
                        "f" + i,
                        new TreeMap<>(Map.of("alertname", "a" + i + signs.substring(0, 60))),
                        new TreeMap<>(Map.of("summary", signs, "value", signs)),
                        Notices.START,
                        null,
                        "/p/default/alerts/" + i,
                        null,
                        "somebody"))
            .toArray(NoticeAlert[]::new);
    Strict.slack(JSON.writeValueAsString(SlackMessage.of(SHOWN, null, true)), false);
    Strict.slack(JSON.writeValueAsString(SlackMessage.of(SHOWN, "#alerts", false)), true);
    String body =
        JSON.writeValueAsString(SlackMessage.of(shown(Notices.firing(many)), "#alerts", true));
    Strict.slack(body, true);
    assertThat(body).contains("and 93 more");
  }

  @Test
  void aTextIsNotCutWithinALetter() {
    assertThat(SlackMessage.cut("ab🔴cd", 4)).isEqualTo("ab…");
    assertThat(SlackMessage.cut("abcd", 4)).isEqualTo("abcd");
  }

  @Test
  void aMailSaysTheSameAsTextAndAsHtml() {
    MailText mail = MailText.of(SHOWN, true);
    assertThat(mail.subject()).isEqualTo("[Assay] Firing: flicker (4) in default");
    assertThat(mail.plain())
        .contains("of <v1> & others was gone for 200 ms")
        .contains("4.2 % of 1,200 identities, limit 2 %")
        .contains(BASE + "/p/default/alerts/f1a2")
        .contains("and 3 more");
    assertThat(mail.html())
        .contains("of &lt;v1&gt; &amp; others")
        .contains("cid:violation")
        .contains("<a href=\"" + BASE + "/p/default/alerts/f1a2\">");
    assertThat(MailText.of(SHOWN, false).html()).doesNotContain("cid:");
  }

  @Test
  void peopleAreToldAFigureOnceAndAnExample() {
    var alert =
        new NoticeAlert(
            "f",
            new TreeMap<>(Map.of("alertname", "flicker", "level", "warning")),
            new TreeMap<>(
                Map.of(
                    "summary", "nobody vanishes: 3% per event: 30 of 1,000; at most 2% is allowed",
                    "value", "3% per event: 30 of 1,000",
                    "threshold", "at most 2%",
                    "example", "car \u2063t7\u2063 was gone for 400ms")),
            Instant.parse("2026-11-27T08:00:00.123456Z"),
            null,
            "/x",
            null,
            null);
    Shown shown = shown(Notices.firing(alert));
    for (String text :
        List.of(
            JSON.writeValueAsString(SlackMessage.of(shown, null, true)),
            MailText.of(shown, false).plain(),
            HtmlUtils.htmlUnescape(MailText.of(shown, false).html()))) {
      assertThat(text)
          .containsOnlyOnce("30 of 1,000")
          .contains("warning · since 2026-11-27T08:00:00Z · such as: car ••• was gone for 400ms");
    }
  }

  @Test
  void aSubjectIsOneLine() {
    var alert =
        new NoticeAlert(
            "f",
            new TreeMap<>(Map.of("alertname", "a\r\nBcc: everybody@example.org")),
            new TreeMap<>(),
            Notices.START,
            null,
            "/x",
            null,
            null);
    assertThat(MailText.of(shown(Notices.firing(alert)), false).subject())
        .isEqualTo("[Assay] Firing: a Bcc: everybody@example.org (4) in default");
  }

  @Test
  void whatIsPrivateIsMaskedEverywhere() {
    for (String text :
        List.of(
            JSON.writeValueAsString(AlertmanagerPush.of(SHOWN, Instant.EPOCH, RESEND)),
            JSON.writeValueAsString(WebhookBody.of(SHOWN)),
            JSON.writeValueAsString(SlackMessage.of(SHOWN, null, true)),
            MailText.of(SHOWN, true).toString())) {
      assertThat(text).doesNotContain("t-secret").contains("•••");
    }
  }

  @Test
  void withoutAnAddressThereAreNoLinks() {
    Shown bare = Shown.of(Notices.firing(FIRING), "", Optional.of("/pictures/x"));
    String push = JSON.writeValueAsString(AlertmanagerPush.of(bare, Notices.NOW, RESEND));
    Strict.alertmanager(push);
    Strict.webhook(JSON.writeValueAsString(WebhookBody.of(bare)));
    Strict.slack(JSON.writeValueAsString(SlackMessage.of(bare, null, true)), false);
    assertThat(push).doesNotContain("generatorURL", "picture");
  }

  @Test
  void theExamplesOfWhatIsWrongAreFound() {
    assertThatThrownBy(() -> Strict.webhook("{\"version\":\"4\"}")).hasMessageContaining("alerts");
    assertThatThrownBy(
            () ->
                Strict.alertmanager(
                    "[{\"labels\":{\"a.b\":\"1\"},\"annotations\":{},\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2026-01-01T00:00:00Z\"}]"))
        .hasMessageContaining("a name as");
    assertThatThrownBy(() -> Strict.slack("{\"text\":\"a\",\"blocks\":[],\"x\":1}", false))
        .hasMessageContaining("no members [x]");
  }
}
