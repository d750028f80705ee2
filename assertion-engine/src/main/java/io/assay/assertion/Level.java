package io.assay.assertion;

/** How much a violation matters to whoever is told of it. */
public enum Level {
  INFO,
  WARNING,
  CRITICAL
}
