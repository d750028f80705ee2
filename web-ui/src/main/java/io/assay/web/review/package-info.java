/**
 * What people say of flags: a ranked queue, leases, verdicts, who agrees, what is known to be
 * right.
 */
@NullMarked
package io.assay.web.review;

import org.jspecify.annotations.NullMarked;
