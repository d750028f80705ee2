package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.violations.Evidence.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueTreeTest {
  @Test
  void partsLieBelowWhatTheyArePartsOf() {
    assertThat(
            shown(
                "a < 3 && b.size() > 2 * c",
                "a < 3",
                "a",
                "3",
                "b.size() > 2 * c",
                "b.size()",
                "2 * c",
                "2",
                "c",
                "severity"))
        .containsExactly(
            "0 a < 3 && b.size() > 2 * c",
            "1 a < 3",
            "2 a",
            "2 3",
            "1 b.size() > 2 * c",
            "2 b.size()",
            "2 2 * c",
            "3 2",
            "3 c",
            "0 severity");
  }

  @Test
  void aNameIsNoPartOfALongerOne() {
    assertThat(shown("area > 2", "a", "2")).containsExactly("0 area > 2", "0 a", "0 2");
  }

  private static List<String> shown(String... expressions) {
    return ValueTree.of(Stream.of(expressions).map(text -> new Value(text, "1", false)).toList())
        .stream()
        .map(node -> node.depth() + " " + node.value().expression())
        .toList();
  }
}
