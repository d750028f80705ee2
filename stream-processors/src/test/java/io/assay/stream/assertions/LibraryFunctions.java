package io.assay.stream.assertions;

import io.assay.assertion.function.AssayFunction;
import io.assay.assertion.function.FunctionProvider;

/** A function that fails as if something was not installed that it needs for large numbers. */
public final class LibraryFunctions implements FunctionProvider {
  @AssayFunction(meaning = "the number itself, up to 1", version = 1)
  public static double library(double of) {
    if (of > 1) {
      throw new UnsatisfiedLinkError("no library");
    }
    return of;
  }
}
