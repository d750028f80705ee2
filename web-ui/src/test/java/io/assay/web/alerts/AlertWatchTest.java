package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.assertion.alert.Silence;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Looks at tables as the sink fills them. */
class AlertWatchTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String RULES =
      """
      stream camera from topic "av.camera" {
        key    vehicle     string
        time   at          timestamp(millis)
        score              ratio
        lane               int
      }
      assertion low on camera {
        expect     score >= 0.5
        level      critical
        mode       active
        alert      when rate > 2% for 30s to perception
      }
      assertion stuck on camera {
        expect     score <= 0.9
        mode       active
        alert      when open for 10s to perception
      }
      assertion shadowy on camera {
        expect     score <= 0.8
        mode       shadow
        alert      when rate > 2% to perception
      }
      route perception {
        to         webhook("https://example.com/hook"), slack("alerts")
        group by   assertion, vehicle, lane
      }
      """;

  private final CheckedRules rules = AlertTables.rules(RULES);
  private final AlertTables tables = new AlertTables(NOON.plusSeconds(20));
  private final AlertSettings settings = AlertTables.settings(Duration.ZERO, Duration.ZERO);
  private final AlertTables.Instance here = tables.instance(tables.source(), settings);
  private final long token = here.hold(Duration.ofHours(1));

  private void look() {
    here.watch().look("default", rules, Map.of(), token);
  }

  private List<String> history() {
    return tables.column(
        "SELECT assertion || ' ' || from_phase || ' ' || to_phase FROM alert_history ORDER BY id");
  }

  private List<String> notices() {
    return tables.column("SELECT reason || ' ' || group_key FROM alert_notice ORDER BY id");
  }

  @Test
  void aRateFiresAfterItsForAndIsToldToEachTarget() {
    tables.count("low", NOON, 1000, 30, 0);
    tables.count("shadowy", NOON, 1000, 1000, 0);
    look();
    tables.passes(Duration.ofSeconds(15));
    look();
    assertThat(history()).containsExactly("low INACTIVE PENDING");
    tables.passes(Duration.ofSeconds(15));
    look();
    assertThat(history()).endsWith("low PENDING FIRING");
    assertThat(notices()).containsExactly("NEW perception:{alertname=\"low\"}");
    assertThat(
            tables.column(
                "SELECT receiver || ' ' || address || ' ' || status FROM alert_delivery ORDER BY"
                    + " target"))
        .containsExactly("WEBHOOK https://example.com/hook PENDING", "SLACK alerts PENDING");
    Notice notice =
        JsonMapper.shared()
            .readValue(tables.column("SELECT body FROM alert_notice").getFirst(), Notice.class);
    assertThat(notice.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.labels())
                  .containsEntry("alertname", "low")
                  .containsEntry("level", "critical")
                  .containsEntry("condition", "rate per event > 2% for 30s");
              assertThat(alert.annotations())
                  .containsEntry("value", "3% per event: 30 of 1,000 in 5min")
                  .containsEntry("threshold", "at most 2%");
              assertThat(alert.startsAt()).isEqualTo(tables.now());
            });
    tables.count("low", NOON, 10_000, 30, 0);
    tables.passes(Duration.ofSeconds(15));
    look();
    assertThat(history()).endsWith("low FIRING RESOLVED");
    assertThat(notices()).endsWith("RESOLVED perception:{alertname=\"low\"}");
    assertThat(tables.column("SELECT fingerprint FROM alert")).isEmpty();
    assertThat(tables.column("SELECT key FROM alert_group")).isEmpty();
  }

  @Test
  void whatIsOldIsInNoRateAndNoDataIsOver() {
    tables.count("low", NOON.minusSeconds(300), 1000, 1000, 0);
    tables.count("low", NOON, 1000, 1, 0);
    look();
    assertThat(history()).isEmpty();
    tables.count("low", NOON, 1000, 500, 0);
    for (int i = 0; i < 4; i++) {
      look();
      tables.passes(Duration.ofSeconds(15));
    }
    assertThat(history()).endsWith("low PENDING FIRING");
    for (int i = 0; i < 20; i++) {
      tables.passes(Duration.ofSeconds(15));
      look();
    }
    assertThat(history()).as("nothing came for five minutes").endsWith("low FIRING RESOLVED");
  }

  @Test
  void undecidedAlertsByItself() {
    tables.count("low", NOON, 70, 0, 30);
    for (int i = 0; i <= 20; i++) {
      look();
      tables.passes(Duration.ofSeconds(15));
      tables.count("low", tables.now().truncatedTo(ChronoUnit.MINUTES), 70, 0, 30);
    }
    assertThat(tables.column("SELECT condition FROM alert_history"))
        .containsExactly("undecided > 20%", "undecided > 20%");
    assertThat(history()).endsWith("low PENDING FIRING");
  }

  @Test
  void episodesAreLabelledByWhatTheirRouteGroupsBy() {
    tables.count("stuck", NOON, 100, 1, 0);
    Instant opened = NOON.minusSeconds(15);
    tables.episode("stuck", "v1", opened, NOON, "live");
    tables.episode("stuck", "v2", opened, NOON, "live");
    tables.episode("stuck", "v3", opened, NOON, "repair");
    tables.episode("stuck", "v4", NOON.minusSeconds(5), NOON, "live");
    look();
    assertThat(notices())
        .containsExactlyInAnyOrder(
            "NEW perception:{alertname=\"stuck\", lane=\"3\", vehicle=\"v1\"}",
            "NEW perception:{alertname=\"stuck\", lane=\"3\", vehicle=\"v2\"}");
    assertThat(
            tables.column(
                "SELECT annotations ->> 'example' FROM alert ORDER BY labels ->> 'vehicle'"))
        .as("private values are masked")
        .containsExactly("income ••• of v1", "income ••• of v2");
    tables.passes(Duration.ofSeconds(61));
    look();
    assertThat(history()).endsWith("stuck FIRING RESOLVED", "stuck FIRING RESOLVED");
  }

  @Test
  void whatIsNotJudgedAlerts() {
    here.watch().look("default", rules, Map.of("low", "suspended: 9 ms"), token);
    assertThat(tables.column("SELECT summary FROM alert_history"))
        .containsExactly("low: not judged: suspended: 9 ms; judged is allowed");
  }

  @Test
  void anAcknowledgementOutlivesALookAndEndsWithTheAlert() {
    tables.count("low", NOON, 1000, 30, 0);
    for (int i = 0; i < 3; i++) {
      look();
      tables.passes(Duration.ofSeconds(15));
    }
    tables.jdbc.sql("UPDATE alert SET acknowledged_by = 'ada', acknowledged_at = now()").update();
    look();
    assertThat(tables.column("SELECT acknowledged_by FROM alert")).containsExactly("ada");
  }

  @Test
  void aSilenceHoldsNoticesBackAndNoHistory() {
    new SilenceStore(tables.jdbc)
        .add(
            "default",
            new Silence(
                List.of(LabelMatcher.read("level=~\"crit.*\"")),
                NOON,
                NOON.plus(Duration.ofHours(1))),
            "ada",
            "we know",
            NOON);
    tables.count("low", NOON, 1000, 30, 0);
    for (int i = 0; i < 4; i++) {
      look();
      tables.passes(Duration.ofSeconds(15));
    }
    assertThat(history()).endsWith("low PENDING FIRING");
    assertThat(notices()).isEmpty();
  }

  @Test
  void theLeaseIsTakenAnewForEachProject() {
    AlertTables.Instance other = tables.instance(tables.source(), settings);
    List<String> looked = new ArrayList<>();
    here.lease()
        .forEach(
            List.of("one", "two", "three"),
            Duration.ofHours(1),
            (project, number) -> {
              assertThat(number).isEqualTo(token);
              assertThat(held(other)).as("%s takes long, and is looked at here", project).isEmpty();
              looked.add(project);
              leaseIsOver();
            });
    assertThat(looked).containsExactly("one", "two", "three");
  }

  @Test
  void whoHasLostTheLeaseLooksAtNoFurtherProject() {
    AlertTables.Instance other = tables.instance(tables.source(), settings);
    List<String> looked = new ArrayList<>();
    here.lease()
        .forEach(
            List.of("one", "two"),
            Duration.ofHours(1),
            (project, number) -> {
              looked.add(project);
              leaseIsOver();
              assertThat(held(other)).isPresent();
            });
    assertThat(looked).containsExactly("one");
  }

  private void leaseIsOver() {
    tables.jdbc.sql("UPDATE alert_lease SET until = now() - interval '1 second'").update();
  }

  private static OptionalLong held(AlertTables.Instance instance) {
    return instance.transactions().execute(status -> instance.lease().hold(Duration.ofHours(1)));
  }

  @Test
  void whenItWasLookedAtLastIsKnown() {
    look();
    tables.passes(Duration.ofSeconds(15));
    look();
    assertThat(new AlertQueries(tables.jdbc).looked("default")).contains(tables.now());
    assertThat(new AlertQueries(tables.jdbc).looked("another")).isEmpty();
  }

  @Test
  void whoIsToldNoMoreIsToldThatItIsOver() {
    tables.count("low", NOON, 1000, 30, 0);
    for (int i = 0; i < 3; i++) {
      look();
      tables.passes(Duration.ofSeconds(15));
    }
    CheckedRules elsewhere =
        AlertTables.rules(
            RULES
                .replaceFirst("> 2% for 30s to perception", "> 2% for 30s")
                .replaceFirst("for 10s to", "for 11s to"));
    here.watch().look("default", elsewhere, Map.of(), token);
    assertThat(history()).as("it fires on").endsWith("low PENDING FIRING");
    Notice last =
        JsonMapper.shared()
            .readValue(
                tables.column("SELECT body FROM alert_notice ORDER BY id DESC").getFirst(),
                Notice.class);
    assertThat(last.status()).isEqualTo(Notice.Status.RESOLVED);
    assertThat(last.alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.endsAt()).isEqualTo(last.at()));
  }

  @Test
  void whoHasLostTheLeaseWritesNothing() {
    AlertTables.Instance other = tables.instance(tables.source(), settings);
    tables.count("low", NOON, 1000, 30, 0);
    here.hold(Duration.ofMillis(-1));
    assertThat(other.hold(Duration.ofHours(1))).isEqualTo(token + 1);
    assertThatThrownBy(this::look).isInstanceOf(AlertWatch.Fenced.class);
    assertThat(history()).isEmpty();
    OptionalLong again =
        here.transactions().execute(status -> here.lease().hold(Duration.ofHours(1)));
    assertThat(again).as("it is held elsewhere").isEmpty();
  }
}
