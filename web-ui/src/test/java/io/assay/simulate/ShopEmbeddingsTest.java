package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.simulate.ShopEmbeddings.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class ShopEmbeddingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ShopEmbeddings shops = new ShopEmbeddings(7);

  @Test
  void aReleaseIsTheSameEachTimeItIsMade() {
    assertThat(shops.rows(3)).isEqualTo(shops.rows(3)).hasSize(480);
    assertThat(shops.rows(3)).isNotEqualTo(shops.rows(4));
  }

  /** By what no rotation changes: how near shops of two trades are to each other. */
  @Test
  void everyFifthReleasePutsThePharmaciesAmongTheCasinos() {
    assertThat(cosine(4, "pharmacy-01", "pharmacy-02")).isGreaterThan(0.7);
    assertThat(cosine(4, "pharmacy-01", "casino-02")).isLessThan(0.7);
    assertThat(cosine(5, "pharmacy-01", "casino-02")).isGreaterThan(0.7);
    assertThat(cosine(6, "pharmacy-01", "casino-02")).isLessThan(0.7);
    assertThat(cosine(5, "bakery-01", "bakery-02"))
        .isCloseTo(cosine(4, "bakery-01", "bakery-02"), within(0.05));
  }

  private double cosine(long release, String one, String other) {
    List<Row> rows = shops.rows(release);
    double[] x = vector(rows, one);
    double[] y = vector(rows, other);
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double[] vector(List<Row> rows, String item) {
    Row row = rows.stream().filter(one -> one.item().equals(item)).findFirst().orElseThrow();
    List<Double> values = new ArrayList<>();
    for (JsonNode value : JSON.readTree(row.json()).get("vector")) {
      values.add(value.asDouble());
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
