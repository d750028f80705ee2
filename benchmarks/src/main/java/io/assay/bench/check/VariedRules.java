package io.assay.bench.check;

import java.util.ArrayList;
import java.util.List;

/** A rule set as a large team has it: files of streams, each with one assertion of every sort. */
final class VariedRules {
  private static final int FILES = 10;

  /** What an assertion says, in turn; {@code %1$d} is its number, {@code %2$d} its stream's. */
  private static final List<String> BODIES =
      List.of(
          """
            each       b in boxes where b.score >= 0.5
            identity   b.track
            absent     less than 5%1$02dms
            severity   gap / 500ms
            explain    "{b.label} {b.track} was gone for {gap}"
            correct    insert b with area = interpolate(b.area), label = majority(b.label)
            alert      when rate per identity > 2%% for 5min to team
          """,
          """
            each       b in boxes where b.score >= 0.5 && b.distance <= %1$dmetres
            identity   overlap(b.area) >= 0.3 coasting 500ms
            present    less than 300ms
            severity   1.0 - lifetime / 300ms
            explain    "{b.label} lived only {lifetime}"
            correct    remove b
          """,
          """
            each       b in boxes where b.score >= 0.4
            identity   b.track
            consistent b.label within %1$dms
            severity   minority
            explain    "{b.track} was called {from} then {to}"
            correct    set b.label = majority(b.label)
          """,
          """
            each       b in boxes
            identity   b.track
            returns    b.label within %1$ds through at most 2 events
            severity   minority
            explain    "{from}, {to}, {from}"
          """,
          """
            each       b in boxes where b.score >= 0.5
            identity   b.track
            transitions at most 4 within %1$ds
            explain    "{count} times within the bound"
          """,
          """
            each       b in boxes where b.score >= 0.5
            identity   b.track
            change     distance(center(b.area), center(previous.area)) at most %1$dpx per 1s
            explain    "{b.track} moved {value} in {elapsed}"
          """,
          """
            let        piles = clusters(boxes, a, b, iou(a.area, b.area) >= 0.5).filter(c, size(c) >= 3)
            expect     size(piles) == 0 || speed > %1$d.0
            severity   size(piles)
            explain    "{size(piles)} piles of three boxes or more"
          """,
          """
            where      weather == "rain" || hour(at) >= 21
            each       b in boxes where b.label in ["car", "van"] && !touches_border(b.area)
            expect     big:  area(b.area) > %1$d.0
            expect     near: b.distance <= 80metres when present
            severity   b.score > 0.9 ? 2.0 : b.score > 0.5 ? 1.0 : 0.5
            explain    "{b.label} of {area(b.area)} square pixels"
          """,
          """
            join       lidar%2$d within 5%1$02dms
            match      c in camera%2$d.boxes, l in lidar%2$d.boxes where iou(c.area, l.area) > 0.1
            unmatched  c where c.score >= 0.5
            unmatched  l where l.distance <= 40metres
            ignore     where touches_border(c.area)
            severity   size(unmatched)
            explain    "{side} alone sees this"
          """,
          """
            by         weather
            window     tumbling 1h at least %1$d events
            let        shift = psi(speed, baseline(last 7d))
            expect     shift < 0.2
            expect     quantile(speed, 0.9) <= 40.0 && share(size(boxes) == 0) < 5%%
            explain    "PSI {shift}"
          """);

  private VariedRules() {}

  /** A rule file. */
  record File(String name, String text) {}

  static List<File> of(int assertions) {
    var files = new ArrayList<File>();
    int each = Math.ceilDiv(assertions, FILES);
    for (int first = 0; first < assertions; first += each) {
      var text = new StringBuilder("language 1\n\n");
      if (first == 0) {
        text.append("route team { to webhook(\"http://localhost:9999/hook\") }\n\n");
      }
      for (int number = first; number < Math.min(assertions, first + each); number++) {
        int stream = number / BODIES.size();
        if (number == first || number % BODIES.size() == 0) {
          text.append(streams(number == first ? number / BODIES.size() : stream));
        }
        text.append(assertion(number, stream));
      }
      files.add(new File("rules%02d.assay".formatted(files.size()), text.toString()));
    }
    return files;
  }

  private static String streams(int number) {
    return """
    # What sensor %1$d predicts.
    stream camera%1$d from topic "camera.%1$d.predictions" {
      key    vehicle     string
      time   at          timestamp(millis)
      size   1242 x 375
      weather            string?
      speed              double
      boxes              list {
        track            string?
        label            enum("car", "van", "pedestrian", "cyclist") alike ("car", "van")
        score            ratio
        area             rect = xyxy(bbox)
        distance         length(metres)?
      }
      slice night = hour(at) >= 21 || hour(at) < 6
    }

    stream lidar%1$d from topic "lidar.%1$d.predictions" {
      key    vehicle     string
      time   at          timestamp(millis)
      boxes              list { label string  score double  area rect  distance length(metres) }
    }

    """
        .formatted(number);
  }

  private static String assertion(int number, int stream) {
    String body = BODIES.get(number % BODIES.size()).formatted(1 + number % 97, stream);
    return """
    assertion rule%1$d on camera%2$d "what rule %1$d says of a road user" {
    %3$s  level      warning
      mode       shadow
      tags       tracking
    }

    """
        .formatted(number, stream, body);
  }
}
