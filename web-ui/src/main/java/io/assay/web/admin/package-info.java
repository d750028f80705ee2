/** Pages for administrators of a project. */
@NullMarked
package io.assay.web.admin;

import org.jspecify.annotations.NullMarked;
