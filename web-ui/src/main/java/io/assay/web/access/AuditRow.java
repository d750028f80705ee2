package io.assay.web.access;

import java.time.Instant;

/** A change as pages show it. */
public record AuditRow(Instant at, String actor, String action, String subject, String detail) {}
