package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
  private static VersionOrder order(Type type) {
    return VersionOrder.of(new Term.Read(new Local("version", type, 0), Span.NONE));
  }

  private static List<Object> sorted(Type type, Object... versions) {
    List<Object> all = new ArrayList<>(List.of(versions));
    Collections.reverse(all);
    all.sort(order(type));
    return all;
  }

  @Test
  void digitsCountAsTheNumbersThatTheyAre() {
    assertThat(sorted(Basic.STRING, "v2", "v9", "v10", "v10.1", "v10.2", "v10.12"))
        .containsExactly("v2", "v9", "v10", "v10.1", "v10.2", "v10.12");
    assertThat(sorted(Basic.STRING, "2025-12", "2026-06", "2026-06-01", "2026-11"))
        .containsExactly("2025-12", "2026-06", "2026-06-01", "2026-11");
    String long1 = "1" + "0".repeat(40);
    assertThat(sorted(Basic.STRING, "9", long1)).containsExactly("9", long1);
  }

  @Test
  void numbersAreNumbers() {
    assertThat(sorted(Basic.INT, -1L, 9L, 10L)).containsExactly(-1L, 9L, 10L);
  }

  @Test
  void anEnumSaysItself() {
    assertThat(sorted(new Type.EnumOf(List.of("stable", "canary"), List.of()), "stable", "canary"))
        .containsExactly("stable", "canary");
  }

  @Test
  void differentTextsAreNeverEqual() {
    VersionOrder order = order(Basic.STRING);
    List<String> all = List.of("", "1", "01", "001", "1a", "a1", "a01", "a", "A");
    for (String a : all) {
      for (String b : all) {
        assertThat(order.compare(a, b)).isEqualTo(-order.compare(b, a));
        assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
      }
    }
  }
}
