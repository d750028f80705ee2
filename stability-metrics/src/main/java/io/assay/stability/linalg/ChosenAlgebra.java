package io.assay.stability.linalg;

/** Tries the native library once in a process. */
final class ChosenAlgebra {
  static final LinearAlgebra INSTANCE = choose(System.getProperty("assay.linalg", "native"));

  private ChosenAlgebra() {}

  static LinearAlgebra choose(String wish) {
    return switch (wish) {
      case "java" -> new JavaAlgebra();
      case "native" -> nativeOrJava();
      default ->
          throw new IllegalArgumentException(
              "assay.linalg needs 'native' or 'java', got '%s'".formatted(wish));
    };
  }

  /** A platform without the library, or a home and a temporary folder that cannot be written. */
  private static LinearAlgebra nativeOrJava() {
    try {
      return OpenBlas.load();
    } catch (LinkageError | RuntimeException e) {
      return new JavaAlgebra();
    }
  }
}
