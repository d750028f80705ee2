package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rules.RulesSite;
import io.assay.web.system.BrowsingClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Assertions that judge less often than a range is long are not told to judge nothing. */
class RareAssertionsTest {
  private static final String RULES =
      """
      language 1

      stream camera from topic "%s" {
        key      vehicle  string
        id       id       string
        time     at       timestamp(millis)
        seen     int
        lateness 1h
        truth    hit bool from topic "hits" within 2d
      }

      assertion daily on camera "few are seen in a day" {
        window  tumbling 1d
        expect  share(seen > 3) <= 10%%
        mode    active
      }

      assertion new_daily on camera "few are seen in a day" {
        window  tumbling 1d
        expect  share(seen > 4) <= 10%%
        mode    active
      }

      assertion broken_daily on camera "few are seen in a day" {
        window  tumbling 1d
        expect  share(seen > 5) <= 10%%
        mode    active
      }

      assertion right on camera "they hit" {
        window  hopping 6h every 1h
        expect  accuracy(seen > 3, truth) >= 50%%
        mode    shadow
      }

      assertion each_event on camera "not many are seen" {
        expect  seen <= 9
        mode    active
      }
      """;

  private static CheckedRules compiled(String topic) {
    var result =
        new RuleCompiler().compile(List.of(new SourceFile("a.assay", RULES.formatted(topic))));
    assertThat(result.issues()).isEmpty();
    return result.rules().orElseThrow();
  }

  @Test
  void aRhythmIsOfWindowsTruthAndLateness() {
    CheckedRules rules = compiled("camera");
    Map<String, Duration> rhythms = new TreeMap<>();
    rules.assertions().forEach(one -> rhythms.put(one.name(), Rhythm.of(one)));
    assertThat(rhythms)
        .containsEntry("daily", Duration.ofHours(25))
        .containsEntry("right", Duration.ofHours(6 + 48 + 1))
        .containsEntry("each_event", Duration.ZERO);
    assertThat(Rhythm.shown(Duration.ofHours(25))).isEqualTo("25 h");
    assertThat(Rhythm.shown(Duration.ofDays(7))).isEqualTo("7 d");
    assertThat(Rhythm.shown(Duration.ofMinutes(90))).isEqualTo("90 min");
    assertThat(Rhythm.shown(Duration.ofMillis(1500))).isEqualTo("1.5 s");
  }

  @Test
  void rangesThatAreLongEnoughAreNotDoubted() {
    assertThat(Rhythm.mayPass(Duration.ofHours(25), Range.HOUR)).isTrue();
    assertThat(Rhythm.mayPass(Duration.ofHours(25), Range.DAY)).isTrue();
    assertThat(Rhythm.mayPass(Duration.ofHours(25), Range.WEEK)).isFalse();
    assertThat(Rhythm.mayPass(Duration.ZERO, Range.HOUR)).isFalse();
  }

  @Test
  void whatWasJudgedBeforeTellsHowItStands() {
    Instant now = Instant.parse("2026-03-10T12:00:00Z");
    Duration day = Duration.ofDays(1);
    Period longer = Rhythm.longer(Period.of(Range.HOUR, now, now), day);
    assertThat(longer.range()).isEqualTo(Range.WEEK);
    Judged judged = counted(new Counted(9, 9, 1, 1, 0, 0, 0), 20);
    Judged seenOnceLongAgo = counted(new Counted(9, 9, 0, 0, 0, 0, 0), 2);
    Judged seenNow = counted(new Counted(9, 9, 0, 0, 0, 0, 0), longer.range().steps() - 1);
    assertThat(Rhythm.of(List.of(judged), longer, day, true)).isEqualTo(Health.QUIET);
    assertThat(Rhythm.of(List.of(judged), longer, day, false)).isEqualTo(Health.DEAD);
    assertThat(Rhythm.of(List.of(seenNow), longer, day, false)).isEqualTo(Health.WAITING);
    assertThat(Rhythm.of(List.of(seenOnceLongAgo, seenNow), longer, day, false))
        .isEqualTo(Health.IDLE);
    assertThat(Rhythm.of(List.of(), longer, day, true)).isEqualTo(Health.IDLE);
  }

  private static Judged counted(Counted counted, int step) {
    return new Judged("daily", "camera", "1", step, counted);
  }

  @Test
  void theListAsksALongerRange() {
    try (RulesSite site = RulesSite.start()) {
      BrowsingClient viewer = site.member("a-viewer", Role.VIEWER);
      site.publish(
          RuleHome.WEB,
          "",
          false,
          new SourceFile("a.assay", RULES.formatted(site.topics().prefix() + ".camera")));
      Instant now = Instant.now();
      send(
          site,
          count("daily", now, 5, 0),
          count("daily", now.minus(Duration.ofHours(20)), 5, 1),
          count("new_daily", now, 5, 0),
          count("broken_daily", now, 5, 0),
          count("broken_daily", now.minus(Duration.ofDays(5)), 5, 0),
          count("each_event", now, 5, 0));
      Map<String, String> health = health(viewer);
      long end = System.nanoTime() + 30_000_000_000L;
      // The sink stores them meanwhile.
      while (!"waiting".equals(health.get("new_daily")) && System.nanoTime() < end) {
        health = health(viewer);
      }
      assertThat(health)
          .containsEntry("daily", "dead")
          .containsEntry("new_daily", "waiting")
          .containsEntry("broken_daily", "idle")
          .containsEntry("each_event", "idle")
          .containsEntry("right", "idle");
      assertThat(viewer.get("/p/default/assertions?range=1h").body())
          .contains("none in this range: one in up to 25 h", "Waits");
      assertThat(viewer.get("/p/default/assertions/new_daily?range=1h").body())
          .contains("from one verdict to the next it may take 25 h");
      assertThat(
              viewer
                  .get("/api/v1/projects/default/assertions/daily/why?range=1h", "application/json")
                  .body())
          .contains("\"verdict\":\"between\"", "it may take 25 h");
    }
  }

  private static CountRecord count(String assertion, Instant at, long seen, long judged) {
    long minute = at.getEpochSecond() / 60;
    return new CountRecord(
        "default", "camera", assertion, "1", minute, 0, 1, seen, seen, judged, judged, 0, 0, 0);
  }

  private static void send(RulesSite site, CountRecord... counts) {
    try (var producer =
        new KafkaProducer<>(site.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (CountRecord count : counts) {
        var unused =
            producer.send(new ProducerRecord<>(site.topics().counts(), count.key(), count.json()));
      }
      producer.flush();
    }
  }

  private static Map<String, String> health(BrowsingClient viewer) {
    JsonNode list =
        JsonMapper.shared()
            .readTree(
                viewer
                    .get("/api/v1/projects/default/assertions?range=1h", "application/json")
                    .body());
    Map<String, String> found = new TreeMap<>();
    list.path("items")
        .values()
        .forEach(item -> found.put(item.path("name").asString(), item.path("health").asString()));
    return found;
  }
}
