package io.assay.assertion.eval.term;

import io.assay.assertion.event.Rect;
import io.assay.assertion.function.AssayFunction;
import io.assay.assertion.function.FunctionProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Functions that the tests of this module have installed. */
public final class TrialFunctions implements FunctionProvider {
  @AssayFunction(meaning = "the geometric mean", version = 2)
  public static double trial_geometric(double a, double b) {
    return Math.sqrt(a * b);
  }

  @AssayFunction(meaning = "its square", version = 1)
  public static double trial_square(double a) {
    if (a > 1e6) {
      throw new IllegalArgumentException("too large");
    }
    return a * a;
  }

  @AssayFunction(meaning = "width by height", version = 1)
  public static Optional<Double> trial_aspect(Rect box) {
    return box.height() > 0 ? Optional.of(box.width() / box.height()) : Optional.empty();
  }

  @AssayFunction(meaning = "so many of them", version = 1)
  public static List<String> trial_first(List<String> of, int many) {
    return of.subList(0, many);
  }

  @AssayFunction(meaning = "the later, by so much", version = 1)
  public static Instant trial_later(Instant at, Duration by) {
    return at.plus(by);
  }

  @AssayFunction(meaning = "the value of a key, or nothing", version = 1)
  public static @Nullable Long trial_get(Map<String, Long> of, String key) {
    return of.get(key);
  }

  @AssayFunction(meaning = "never comes back", version = 1)
  public static boolean trial_endless(boolean more) {
    return more && trial_endless(more);
  }
}
