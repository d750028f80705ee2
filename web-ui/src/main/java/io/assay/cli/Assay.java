package io.assay.cli;

/** The {@code assay} command. */
public final class Assay {
  private Assay() {}

  public static void main(String[] args) {
    System.exit(0);
  }
}
