package io.assay.assertion.selection;

import org.jspecify.annotations.Nullable;

/**
 * What an assertion's {@code sample} clause asks for.
 *
 * @param context events before and after that go with each of its picks
 * @param perDay picks of it a day of event time (UTC), earlier rounds' included; null: no limit
 * @param share at most this share of its candidates, earlier rounds' included; in 0 .. 1
 */
public record Terms(int context, @Nullable Integer perDay, double share) {
  /** No context and no limit. */
  public static final Terms NONE = new Terms(0, null, 1);

  public Terms {
    if (context < 0 || (perDay != null && perDay < 0) || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "terms need context >= 0, a limit >= 0 and a share in 0 .. 1, got context=%d perDay=%s share=%s"
              .formatted(context, perDay, share));
    }
  }
}
