package io.assay.assertion.eval.term;

/**
 * Says that an expression has no value: a field is missing or invalid, or an operation failed. What
 * neither {@code &&}, {@code ||} nor {@code when present} absorbs makes the verdict undecided.
 *
 * <p>Carries no stack trace: it is part of evaluation, and made once where its text is fixed.
 */
public final class NoValue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean missing;

  private NoValue(String reason, boolean missing) {
    super(reason, null, false, false);
    this.missing = missing;
  }

  /** A value is not there. */
  public static NoValue missing(String reason) {
    return new NoValue(reason, true);
  }

  /** An operation has no result for its operands, or a value came that is not as declared. */
  public static NoValue failed(String reason) {
    return new NoValue(reason, false);
  }

  /** Whether nothing came: what {@code when present} and {@code == null} take for an answer. */
  public boolean isMissing() {
    return missing;
  }

  /** Why, as one clause: {@code camera.boxes.score is missing}. */
  public String reason() {
    String message = getMessage();
    return message == null ? "no value" : message;
  }
}
