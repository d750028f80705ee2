package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.Route;
import java.time.Instant;
import java.util.List;

/**
 * What is told of a group.
 *
 * @param group as people know it from now on; of a group that is over, as they knew it
 * @param firing what fires; critical ones first, the oldest first
 * @param over what has fired and does no more
 */
public record AlertNotice(
    Route route,
    AlertGroup group,
    AlertGroup.Reason reason,
    List<Alert> firing,
    List<Alert> over,
    Instant at) {
  public AlertNotice {
    firing = List.copyOf(firing);
    over = List.copyOf(over);
  }
}
