package io.assay.stream.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.KeyDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgottenTest {
  private static final Erasing ERASING =
      project ->
          Optional.of(
              List.of(
                  new ErasureRequest(
                      project, "loans", KeyDigest.of("ann", new SecureRandom()), 1_000)));

  @Test
  void nothingIsLearnedOfWhatCameBeforeItWasErased() {
    Forgotten forgotten = Forgotten.of(ERASING, "p", "loans");
    assertThat(forgotten.has("ann", 1_000)).isTrue();
    assertThat(forgotten.has("ann", 1_001)).isFalse();
    assertThat(forgotten.has("ben", 1_000)).isFalse();
    assertThat(Forgotten.of(ERASING, "p", "cars").has("ann", 1_000)).isFalse();
  }

  @Test
  void nothingIsLearnedAtAllWhileThatIsNotKnown() {
    assertThatThrownBy(() -> Forgotten.of(project -> Optional.empty(), "p", "loans"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("which keys were erased");
  }
}
