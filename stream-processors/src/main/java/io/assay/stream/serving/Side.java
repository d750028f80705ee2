package io.assay.stream.serving;

/** What was asked of a model, or what it answered. */
public enum Side {
  REQUEST,
  RESPONSE;

  public Side other() {
    return this == REQUEST ? RESPONSE : REQUEST;
  }

  /** For people. */
  public String word() {
    return this == REQUEST ? "request" : "response";
  }
}
