/** The record of changes, for people and programs: who did what, when. */
@NullMarked
package io.assay.web.audit;

import org.jspecify.annotations.NullMarked;
