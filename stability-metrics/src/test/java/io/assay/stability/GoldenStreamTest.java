package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** All reference pairs, row by row in random order, in three shards that are merged. */
class GoldenStreamTest {
  @TestFactory
  Stream<DynamicTest> everyPairIsMeasuredByThePreciseState() throws IOException {
    return GoldenCases.all().stream()
        .map(one -> dynamicTest(GoldenCases.name(one), () -> check(one, precise(one))));
  }

  @TestFactory
  Stream<DynamicTest> everyPairIsMeasuredByTheStateItsConditionAllows() throws IOException {
    return GoldenCases.all().stream()
        .map(one -> dynamicTest(GoldenCases.name(one), () -> check(one, chosen(one))));
  }

  private static PairMeasures precise(JsonNode one) {
    PairShape shape = shape(one);
    return sharded(
            rows(one),
            List.of(PairState.precise(shape), PairState.precise(shape), PairState.precise(shape)))
        .measure(GoldenCases.settings(one));
  }

  private static PairMeasures chosen(JsonNode one) {
    PairShape shape = shape(one);
    List<PairRow> rows = rows(one);
    return sharded(
            rows, List.of(PairState.fast(shape), PairState.fast(shape), PairState.fast(shape)))
        .measure(GoldenCases.settings(one), state -> rows.forEach(state::add));
  }

  private static PairState sharded(List<PairRow> rows, List<PairState> shards) {
    for (int i = 0; i < rows.size(); i++) {
      shards.get(i % 3).add(rows.get(i));
    }
    return shards.get(2).merged(shards.get(0)).merged(shards.get(1));
  }

  private static void check(JsonNode one, PairMeasures measures) {
    GoldenCases.check(one, "eis", measures.terms().eis());
    GoldenCases.check(one, "eigenspace_overlap", measures.terms().overlap());
    GoldenCases.check(one, "pip_loss", measures.terms().pip());
    GoldenCases.check(one, "sem_disp", measures.displacement().orElseThrow());
    if (one.get("knn_queries").isString()) {
      GoldenCases.check(one, "knn", measures.neighbours().orElseThrow());
    }
    assertThat(measures.rows()).isEqualTo(one.get("n").asLong());
    assertThat(measures.terms().x().rank()).isEqualTo(one.get("rank").get(0).asInt());
    assertThat(measures.terms().y().rank()).isEqualTo(one.get("rank").get(1).asInt());
  }

  private static PairShape shape(JsonNode one) {
    PairShape shape = PairShape.of(one.get("d").asInt(), one.get("d_t").asInt());
    JsonNode anchors = one.get("k_anchor");
    return GoldenCases.anchors(one).given().isEmpty()
        ? shape
        : shape.withAnchors(anchors.get(0).asInt(), anchors.get(1).asInt());
  }

  private static List<PairRow> rows(JsonNode one) {
    Embedding x = GoldenCases.embedding(one, "X");
    Embedding y = GoldenCases.embedding(one, "Xt");
    List<Embedding> anchors = GoldenCases.anchors(one).given();
    List<PairRow> rows = new ArrayList<>();
    for (int i = 0; i < x.rows(); i++) {
      int row = i;
      double[][] given = anchors.stream().map(anchor -> row(anchor, row)).toArray(double[][]::new);
      rows.add(PairRow.of("item " + i, row(x, i), row(y, i), given));
    }
    Collections.shuffle(rows, new Random(one.get("n").asLong()));
    return rows;
  }

  private static double[] row(Embedding embedding, int row) {
    double[] values = new double[embedding.dimensions()];
    embedding.copyRow(row, values);
    return values;
  }
}
