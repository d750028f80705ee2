package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.reason;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A value whose type is not known before is taken by functions, and looked at when it comes. */
class DynamicArgumentsTest {
  @Test
  void isTakenAsWhatItTurnsOutToBe() {
    assertThat(value("lower(dyn(\"AB\"))")).isEqualTo("ab");
    assertThat(value("dyn(\"abc\").substring(dyn(1))")).isEqualTo("bc");
    assertThat(value("abs(dyn(-3))")).isEqualTo(3L);
    assertThat(value("mean(dyn([1, 2]))")).isEqualTo(1.5);
  }

  @Test
  void hasNoValueWhereItIsAnother() {
    assertThat(reason("lower(dyn(3))")).isEqualTo("needed a string, got int");
    assertThat(reason("mean(dyn(\"x\"))")).isEqualTo("needed a list, got string");
  }

  /** JSON has no times, and a number is none: it might be seconds or nanoseconds. */
  @Test
  void isNoTimeUnlessMadeOne() {
    assertThat(reason("hour(dyn(3))")).isEqualTo("needed a timestamp, got int");
    assertThat(value("hour(timestamp(dyn(3)))")).isEqualTo(0L);
  }
}
