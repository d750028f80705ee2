/**
 * Brings what happened to other servers: signed, within bounds of time and size, never into private
 * networks unless that is allowed, and again where it was not taken.
 */
@NullMarked
package io.assay.web.delivery;

import org.jspecify.annotations.NullMarked;
