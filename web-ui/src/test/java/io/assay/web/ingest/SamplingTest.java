package io.assay.web.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void keepsTheShareAndAlwaysTheSameOnes() {
    var tenth = new Sampling(Map.of("street", Map.of("camera", 0.1)));
    var half = new Sampling(Map.of("street", Map.of("camera", 0.5)));
    long kept =
        IntStream.range(0, 20_000)
            .filter(i -> tenth.keeps("street", "camera", "event " + i))
            .count();
    // Five standard deviations of a binomial.
    assertThat(kept / 20_000.0).isCloseTo(0.1, within(0.011));
    assertThat(IntStream.range(0, 1000).mapToObj(i -> "event " + i))
        .allSatisfy(
            by -> {
              assertThat(
                      new Sampling(Map.of("street", Map.of("camera", 0.1)))
                          .keeps("street", "camera", by))
                  .isEqualTo(tenth.keeps("street", "camera", by));
              // A smaller share is a part of a larger one.
              assertThat(!tenth.keeps("street", "camera", by) || half.keeps("street", "camera", by))
                  .isTrue();
            });
  }

  @Test
  void zeroKeepsNothingAndStreamsWithoutAShareAreWhole() {
    var none = new Sampling(Map.of("street", Map.of("camera", 0.0)));
    assertThat(IntStream.range(0, 1000).filter(i -> none.keeps("street", "camera", "" + i)).count())
        .isZero();
    assertThat(IntStream.range(0, 1000).allMatch(i -> none.keeps("street", "lidar", "" + i)))
        .isTrue();
  }

  @Test
  void aShareIsOfOneProjectsStream() {
    var none = new Sampling(Map.of("street", Map.of("camera", 0.0)));
    assertThat(none.keeps("street", "camera", "1")).isFalse();
    assertThat(none.samples("street", "camera")).isTrue();
    assertThat(none.keeps("credit", "camera", "1")).isTrue();
    assertThat(none.samples("credit", "camera")).isFalse();
  }
}
