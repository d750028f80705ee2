/**
 * Brings notices of alerts to Alertmanager, webhooks, Slack and mailboxes: at least once, in order.
 */
@NullMarked
package io.assay.web.alerts.channels;

import org.jspecify.annotations.NullMarked;
