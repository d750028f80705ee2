package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** All reference pairs, whole. */
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> everyPairIsMeasured() throws IOException {
    return GoldenCases.all().stream()
        .map(one -> dynamicTest(GoldenCases.name(one), () -> measure(one)));
  }

  @TestFactory
  Stream<DynamicTest> theFactorAloneMeasuresEveryPair() throws IOException {
    return GoldenCases.all().stream()
        .map(one -> dynamicTest(GoldenCases.name(one), () -> byFactor(one)));
  }

  private static void measure(JsonNode one) {
    StabilityReport report =
        Stability.compare(
            GoldenCases.embedding(one, "X"),
            GoldenCases.embedding(one, "Xt"),
            GoldenCases.anchors(one),
            GoldenCases.settings(one));
    check(one, report.terms());
    GoldenCases.check(one, "sem_disp", report.displacement().mean());
    GoldenCases.check(one, "knn", report.neighbours().orElseThrow());
    int skipped = one.get("sem_disp_rows_skipped").asInt();
    assertThat(report.displacement().counted()).isEqualTo(report.rows() - skipped);
  }

  private static void byFactor(JsonNode one) {
    Factor factor =
        Factor.of(
            GoldenCases.embedding(one, "X"),
            GoldenCases.embedding(one, "Xt"),
            GoldenCases.anchors(one),
            2);
    check(one, FactorTerms.of(factor, one.get("alpha").asDouble()));
  }

  private static void check(JsonNode one, Terms terms) {
    GoldenCases.check(one, "eis", terms.eis());
    GoldenCases.check(one, "eigenspace_overlap", terms.overlap());
    GoldenCases.check(one, "pip_loss", terms.pip());
    assertThat(terms.x().rank()).isEqualTo(one.get("rank").get(0).asInt());
    assertThat(terms.y().rank()).isEqualTo(one.get("rank").get(1).asInt());
    double condition = one.get("cond").asDouble();
    assertThat(Math.abs(terms.condition() - condition)).isLessThan(1e-6 * condition);
  }
}
