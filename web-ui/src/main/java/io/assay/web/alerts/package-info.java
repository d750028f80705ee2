/** Alerts: when people are told, whom, and that they are told once. */
@NullMarked
package io.assay.web.alerts;

import org.jspecify.annotations.NullMarked;
