package io.assay.web.violations;

import io.assay.web.system.Moment;

/**
 * A violation with its evidence.
 *
 * @param evidence the record as the engine wrote it, as JSON
 */
record StoredViolation(ViolationRow row, String judgementHash, Moment received, String evidence) {}
