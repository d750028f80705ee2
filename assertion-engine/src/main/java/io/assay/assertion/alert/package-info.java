/**
 * When people are told, and of what: conditions over what was counted, the states of alerts
 * (Prometheus' {@code for} and {@code keep_firing_for}), groups, silences. All of it pure: what is
 * seen, what was, and a time give what is next.
 */
@NullMarked
package io.assay.assertion.alert;

import org.jspecify.annotations.NullMarked;
