package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /**
   * Of values whose types are not known before, the first overload is taken that could take them;
   * where the type decides between several, one of {@code _dyn} looks at it. A list of JSON holds
   * plain numbers, so of lists the first is right.
   */
  @Test
  void noTypeIsGuessedWhereSeveralAreTaken() {
    Map<String, List<Overload>> alike =
        functions.all().stream()
            .filter(o -> !o.function().startsWith("_"))
            .collect(
                Collectors.groupingBy(
                    o -> o.function() + o.method() + o.parameters().size(), Collectors.toList()));
    assertThat(alike.values())
        .filteredOn(overloads -> overloads.size() > 1)
        .filteredOn(overloads -> overloads.stream().noneMatch(o -> o.id().endsWith("_dyn")))
        .extracting(overloads -> overloads.getFirst().function())
        .containsExactlyInAnyOrder("sum", "mean", "median");
  }
}
