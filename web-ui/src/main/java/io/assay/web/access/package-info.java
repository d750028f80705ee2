/** Accounts, their roles in projects, and the record of who changed what. */
@NullMarked
package io.assay.web.access;

import org.jspecify.annotations.NullMarked;
