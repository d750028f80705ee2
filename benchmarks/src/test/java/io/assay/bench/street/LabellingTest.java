package io.assay.bench.street;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Place;
import io.assay.bench.street.Labelling.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class LabellingTest {
  private static final int MANY = 400;

  /** Every second episode is right, of an error of its own; of the events, one in a hundred. */
  private static Pool pool() {
    List<Pool.Item> episodes = new ArrayList<>();
    List<Pool.Item> events = new ArrayList<>();
    List<String> kinds = new ArrayList<>(Collections.nCopies(MANY, "dropout"));
    kinds.set(0, "jump");
    for (int i = 0; i < 2 * MANY; i++) {
      var place = new Place("camera", "v1", "t" + i, Instant.ofEpochSecond(i));
      episodes.add(
          new Pool.Item(
              Candidate.flagged("e" + i, place, i % 4 < 2 ? "flicker" : "appear", 1),
              List.of(i % 2 == 0 ? Set.of(i / 2) : Set.of())));
      events.add(
          new Pool.Item(
              Candidate.unflagged("f" + i, place),
              List.of(i % 100 == 0 ? Set.of(i / 2) : Set.of())));
    }
    return new Pool(episodes, events, kinds);
  }

  @Test
  void eachWayToChooseFindsWhatItsLabelsTellOf() {
    for (Chooser chooser : Chooser.values()) {
      List<Point> points = new Labelling(pool(), false).run(chooser, 1);

      assertThat(points).hasSize(Labelling.ROUNDS);
      assertThat(points).extracting(Point::errors).isSorted();
      assertThat(points.getLast().errors())
          .as(chooser.title())
          .isBetween(chooser == Chooser.EVENTS ? 0 : 40, chooser == Chooser.EVENTS ? 12 : 140);
      assertThat(points).extracting(Point::left).containsOnly(1.0);
    }
  }

  @Test
  void aDetectorThatLearnsMakesFewerOfWhatWasLabelled() {
    List<Point> points = new Labelling(pool(), true).run(Chooser.FLAGGED, 1);

    Point last = points.getLast();
    assertThat(points.getFirst().left()).isLessThan(1);
    assertThat(last.left()).isBetween(0.1, 0.4);
    assertThat(last.left() * (1 + last.errors() / 20.0))
        .as("a share of 1 / (1 + n / 20) is left")
        .isBetween(0.8, 1.25);
  }

  @Test
  void aLabelTellsOfTheWorstThatIsStillThere() {
    var place = new Place("camera", "v1", "t1", Instant.EPOCH);
    var item =
        new Pool.Item(
            Candidate.flagged("e", place, "flicker", 1), List.of(Set.of(1, 2), Set.of(3)));

    assertThat(item.shown(Set.of(2, 3))).containsExactly(2);
    assertThat(item.shown(Set.of(3))).containsExactly(3);
    assertThat(item.isThere(Set.of(4))).isFalse();
  }

  @Test
  void theSameSeedChoosesTheSame() {
    var labelling = new Labelling(pool(), true);

    assertThat(labelling.run(Chooser.ROUNDS, 7)).isEqualTo(labelling.run(Chooser.ROUNDS, 7));
  }

  @Test
  void theMeanIsOfGroupsNotOfRuns() {
    List<Point> low = Collections.nCopies(Labelling.ROUNDS, new Point(10, 1, 0.5));
    List<Point> high = Collections.nCopies(Labelling.ROUNDS, new Point(20, 3, 0.5));

    Curve curve = Curve.of(List.of(List.of(low, high), List.of(high, high)));

    assertThat(curve.errors().getFirst()).isEqualTo(new Curve.Mean(17.5, 2.5));
    assertThat(curve.left().getLast()).isEqualTo(new Curve.Mean(50, 0));
  }

  @Test
  void thePictureIsXmlWithALineForEach() throws Exception {
    Map<Chooser, Curve> curves = new EnumMap<>(Chooser.class);
    for (Chooser chooser : Chooser.values()) {
      curves.put(chooser, Curve.of(List.of(List.of(new Labelling(pool(), true).run(chooser, 1)))));
    }

    String picture = CurvePicture.of(curves, curves);

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("polyline").getLength())
        .as("two panels and the legend")
        .isEqualTo(3 * Chooser.values().length);
    assertThat(picture).doesNotContain("NaN", "Infinity");
  }
}
