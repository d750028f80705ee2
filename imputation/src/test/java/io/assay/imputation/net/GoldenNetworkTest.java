package io.assay.imputation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A toy network of which loss, predictions and every gradient are known in 64 bits. */
class GoldenNetworkTest {
  private static final double TOLERANCE = 2e-5;

  private final List<Integer> domains = new ArrayList<>();

  @Test
  void everyGradientIsTheReferences() throws IOException {
    Path file = Path.of(System.getProperty("assay.shared", ""), "data/imputation/golden.json");
    assumeTrue(Files.exists(file), "reference data are not beside the project");
    JsonNode golden = JsonMapper.shared().readTree(Files.readString(file));
    JsonNode one = golden.get("cases").get(0);
    assertThat(one.get("attention").asString()).isEqualTo("code");
    golden.get("disc_domain_sizes").forEach(size -> domains.add(size.asInt()));
    for (int i = 0; i < golden.get("n_cont").asInt(); i++) {
      domains.add(0);
    }
    var layout = new Layout(attributes(), golden.get("k").asInt(), 0);
    float[] parameters = parameters(layout, one.get("params"));
    Codes codes = codes(one.get("rows"));
    var targets = new Targets(layout.attributes(), codes.rows());
    one.get("cells").forEach(cell -> targets.add(cell.get(1).asInt(), cell.get(0).asInt()));
    int[] rows = {0, 1, 2, 3, 4, 5};
    float[] gradients = new float[layout.size()];
    double loss = new Network(layout, 6).learn(parameters, codes, rows, 0, 6, targets, gradients);
    assertThat(loss).isCloseTo(one.get("loss").asDouble(), within(1e-6));
    float[] expected = parameters(layout, one.get("grad"));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) gradients[i])
          .as("parameter %d", i)
          .isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  private List<Attribute> attributes() {
    return domains.stream()
        .<Attribute>map(size -> size == 0 ? new Attribute.Numbers(1) : new Attribute.Category(size))
        .toList();
  }

  private float[] parameters(Layout layout, JsonNode from) {
    float[] into = new float[layout.size()];
    int value = 1;
    int number = 0;
    for (int a = 0; a < domains.size(); a++) {
      if (domains.get(a) > 0) {
        for (int v = 0; v < domains.get(a); v++, value++) {
          put(from.get("inW").get(value), into, layout.embedding(a) + v * layout.width());
          put(from.get("outW").get(value), into, layout.scores(a) + v * layout.width());
          put(from.get("outB").get(value), into, layout.offsets(a) + v);
        }
      } else {
        put(from.get("ib").get(number), into, layout.slope(a));
        put(from.get("i0").get(number), into, layout.zero(a));
        put(from.get("iW").get(number), into, layout.inputWeights(a));
        put(from.get("iB").get(number), into, layout.inputBias(a));
        put(from.get("ob").get(number), into, layout.direction(a));
        put(from.get("oW").get(number), into, layout.outputWeights(a));
        put(from.get("oB").get(number), into, layout.outputBias(a));
        number++;
      }
      put(from.get("A").get(a), into, layout.attention(a));
    }
    return into;
  }

  private static int put(JsonNode from, float[] into, int at) {
    if (from.isNumber()) {
      into[at] = (float) from.asDouble();
      return at + 1;
    }
    int next = at;
    for (JsonNode part : from) {
      next = put(part, into, next);
    }
    return next;
  }

  private Codes codes(JsonNode rows) {
    int count = rows.get("value_index").size();
    int[][] values = new int[domains.size()][0];
    float[][] numbers = new float[domains.size()][0];
    int before = 0;
    int discrete = rows.get("value_index").get(0).size();
    for (int a = 0; a < domains.size(); a++) {
      if (a < discrete) {
        values[a] = new int[count];
        for (int row = 0; row < count; row++) {
          int value = rows.get("value_index").get(row).get(a).asInt();
          values[a][row] = value == 0 ? 0 : value - before;
        }
        before += domains.get(a);
      } else {
        numbers[a] = new float[count];
        for (int row = 0; row < count; row++) {
          boolean seen = rows.get("z_observed").get(row).get(a - discrete).asDouble() != 0;
          numbers[a][row] =
              seen ? (float) rows.get("z").get(row).get(a - discrete).asDouble() : Float.NaN;
        }
      }
    }
    return new Codes(values, numbers, count);
  }
}
