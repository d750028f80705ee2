package io.assay.assertion.alert;

/** Where an alert is. */
public enum AlertPhase {
  /** Its condition is not true; nobody was told otherwise. */
  INACTIVE,
  /** Its condition is true, not yet for as long as it must be. */
  PENDING,
  /** People are told, or will be. */
  FIRING,
  /** It has fired, and does no more. */
  RESOLVED
}
