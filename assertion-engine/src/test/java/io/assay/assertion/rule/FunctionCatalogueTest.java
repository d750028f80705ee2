package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionCatalogueTest {
  private final FunctionCatalogue functions = FunctionCatalogue.builtIn();

  @Test
  void anIdHasOneSignature() {
    Map<String, List<Overload.Parameter>> seen = new HashMap<>();
    for (Overload overload : functions.all()) {
      List<Overload.Parameter> before = seen.putIfAbsent(overload.id(), overload.parameters());
      if (before != null) {
        assertThat(overload.parameters()).as(overload.id()).isEqualTo(before);
      }
    }
    assertThat(seen).containsKeys("add_double", "iou_rect_rect", "less_dyn", "getHours_timestamp");
  }

  @Test
  void operatorsAreNoNames() {
    assertThat(functions.names()).contains("iou", "size", "hour").noneMatch(n -> n.contains("_["));
    assertThat(functions.named("size")).extracting(Overload::method).contains(true, false);
    assertThat(functions.named("nonsense")).isEmpty();
  }
}
