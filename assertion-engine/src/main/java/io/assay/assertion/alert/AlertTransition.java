package io.assay.assertion.alert;

import java.time.Instant;

/** That an alert changed its phase; {@code alert} as it was afterwards. */
public record AlertTransition(Alert alert, AlertPhase from, AlertPhase to, Instant at) {}
