package io.assay.web.firstrun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.firstrun.EventSample.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every assertion of the gallery holds before the real checker, and finds what it is for. */
class OffersTest {
  private static final long START = 1_772_352_000_000L;

  private static final String STREAMS =
      """
      stream camera from topic "camera" {
        key     vehicle  string
        time    at       timestamp(millis)
        speed            double
        frame            int
        weather          enum("dry", "rain")
        gust             double?
        sure             ratio
        boxes            list { track string  label string  score ratio  area rect }
      }

      stream lidar from topic "lidar" {
        key     vehicle  string
        time    at       timestamp(millis)
        speed            double
        boxes            list { area rect }
      }
      """;

  private static String event(int i, double speed, String weather, String boxes) {
    return "{\"vehicle\":\"v1\",\"at\":%d,\"speed\":%s,\"frame\":%d,\"weather\":\"%s\",\"sure\":0.9,\"gust\":%s,\"boxes\":[%s]}"
        .formatted(START + i * 100L, speed, i, weather, i % 2 == 0 ? "1.0" : "null", boxes);
  }

  private static String box(String track, String label) {
    return "{\"track\":\"%s\",\"label\":\"%s\",\"score\":0.9,\"area\":[10,10,40,30]}"
        .formatted(track, label);
  }

  private static List<TopicChoices.Found> found(List<String> events) {
    List<TopicChoices.Found> all = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      all.add(
          new TopicChoices.Found(
              new Raw(null, events.get(i).getBytes(UTF_8)), 0, i, START + i * 100L));
    }
    return all;
  }

  /** A quiet drive. */
  private static List<String> drive() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      events.add(event(i, 10 + i % 3, "dry", box("t1", "car")));
    }
    return events;
  }

  private static List<Offers.Offer> offers() {
    CheckedRules rules = StreamGuessTest.compiled(STREAMS);
    EventSample sample =
        EventSample.of(found(drive()).stream().map(TopicChoices.Found::raw).toList());
    return Offers.of(rules.streams().getFirst(), sample, rules.streams());
  }

  @Test
  void thereIsOneForEachKindOfDataAndEachIsChecked() {
    List<Offers.Offer> offers = offers();
    Set<String> kinds =
        offers.stream().map(Offers.Offer::kind).collect(Collectors.toCollection(TreeSet::new));
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "flicker", "blink", "label", "pile", "returns", "mix", "range", "jump", "drift", "sure",
            "missing", "silence", "agree", "count");
    for (Offers.Offer offer : offers) {
      assertThat(StreamGuessTest.compiled(STREAMS + "\n" + offer.text()).assertion(offer.name()))
          .as(offer.text())
          .isPresent();
    }
    String all = offers.stream().map(Offers.Offer::text).collect(Collectors.joining("\n"));
    assertThat(StreamGuessTest.compiled(STREAMS + "\n" + all).assertions()).hasSize(offers.size());
  }

  @Test
  void theyAreQuietWhereNothingIsWrongAndFindWhatIs() {
    List<String> events = drive();
    assertThat(fired(events)).isEmpty();
    // One frame without the box; another name once; a speed that cannot be; rain for an event.
    events.set(100, event(100, 10, "dry", ""));
    events.set(150, event(150, 10, "dry", box("t1", "van")));
    events.set(200, event(200, 900, "dry", box("t1", "car")));
    events.set(250, event(250, 10, "rain", box("t1", "car")));
    events.set(
        300,
        event(300, 10, "dry", box("t1", "car") + "," + box("t2", "car") + "," + box("t3", "car")));
    // Two minutes of nothing.
    for (int i = 0; i < 5; i++) {
      events.add(event(1700 + i, 10, "dry", box("t1", "car")));
    }
    assertThat(fired(events).keySet())
        .contains(
            "camera_flicker_boxes",
            "camera_label_boxes",
            "camera_range_speed",
            "camera_jump_speed",
            "camera_returns_weather",
            "camera_pile_boxes",
            "camera_blink_boxes",
            "camera_silence");
  }

  private static Map<String, Long> fired(List<String> events) {
    String alone =
        offers().stream()
            .filter(offer -> !Set.of("agree", "count", "missing").contains(offer.kind()))
            .map(Offers.Offer::text)
            .collect(Collectors.joining("\n"));
    CheckedRules rules = StreamGuessTest.compiled(STREAMS + "\n" + alone);
    return Rehearsal.of(
            rules,
            "default",
            List.of(new Rehearsal.Past(rules.streams().getFirst(), found(events))))
        .said()
        .stream()
        .filter(Rehearsal.Said::fired)
        .collect(Collectors.toMap(Rehearsal.Said::assertion, Rehearsal.Said::violations));
  }

  private static final List<String> WAY = List.of("ordered", "packed", "on the way", "delivered");

  /** As a parcel service tells: every parcel goes its way, an hour between two steps. */
  private static List<String> parcels(int count, String... last) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> way = new ArrayList<>(WAY);
      if (i == count - 1) {
        way.addAll(List.of(last));
      }
      for (int step = 0; step < way.size(); step++) {
        events.add(
            "{\"parcel\":\"p%d\",\"status\":\"%s\",\"at\":%d,\"weight\":%s%s}"
                .formatted(
                    i,
                    way.get(step),
                    START + (i * 600 + step * 3600) * 1000L,
                    1 + i % 4 + 0.5,
                    i % 2 == 0 ? ",\"depot\":\"north\"" : ""));
      }
    }
    return events;
  }

  /** Received when all of it was over: what is ahead of the clock is not judged. */
  private static List<TopicChoices.Found> later(List<String> events) {
    long received = START + 30 * 86_400_000L;
    return found(events).stream()
        .map(one -> new TopicChoices.Found(one.raw(), 0, one.offset(), received + one.offset()))
        .toList();
  }

  @Test
  void aStreamOfParcelsHasRulesOfItsOwn() {
    List<TopicChoices.Found> usual = later(parcels(40));
    EventSample sample = EventSample.of(usual.stream().map(TopicChoices.Found::raw).toList());
    String block = StreamGuess.of("parcels", "parcels", sample).text();
    assertThat(block).contains("key parcel string", "time at timestamp(millis)", "depot string?");
    CheckedRules stream = StreamGuessTest.compiled(block);
    List<Offers.Offer> offers = Offers.of(stream.streams().getFirst(), sample, stream.streams());
    assertThat(offers.stream().map(Offers.Offer::name))
        .contains(
            "parcels_back_status",
            "parcels_stuck_status",
            "parcels_range_weight",
            "parcels_missing_depot",
            "parcels_silence");
    assertThat(offers.getFirst().kind()).isEqualTo("back");
    String all = offers.stream().map(Offers.Offer::text).collect(Collectors.joining("\n"));
    CheckedRules rules = StreamGuessTest.compiled(block + "\n" + all);
    assertThat(said(rules, usual)).isEmpty();
    // One is delivered and on the way again, an hour later.
    assertThat(said(rules, later(parcels(40, "on the way"))))
        .containsEntry("parcels_back_status", 1L);
    // One is ordered, and nothing more is heard while days pass for another.
    List<String> stuck = new ArrayList<>();
    stuck.add(
        "{\"parcel\":\"p1\",\"status\":\"packed\",\"at\":%d,\"weight\":1.5}".formatted(START));
    stuck.add(
        "{\"parcel\":\"p1\",\"status\":\"delivered\",\"at\":%d,\"weight\":1.5}"
            .formatted(START + 5 * 86_400_000L));
    assertThat(said(rules, later(stuck))).containsEntry("parcels_stuck_status", 1L);
  }

  private static Map<String, Long> said(CheckedRules rules, List<TopicChoices.Found> events) {
    return Rehearsal.of(
            rules, "default", List.of(new Rehearsal.Past(rules.streams().getFirst(), events)))
        .said()
        .stream()
        .filter(Rehearsal.Said::fired)
        .collect(Collectors.toMap(Rehearsal.Said::assertion, Rehearsal.Said::violations));
  }

  @Test
  void whatGoesBothWaysHasNoWay() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(event(i, 10, i % 7 < 4 ? "dry" : "rain", ""));
    }
    EventSample sample =
        EventSample.of(found(events).stream().map(TopicChoices.Found::raw).toList());
    CheckedRules rules = StreamGuessTest.compiled(STREAMS);
    assertThat(StatusOrder.of(sample, rules.streams().getFirst(), List.of("weather"))).isEmpty();
  }
}
