/** The first page of a project: what happens now, and whether the models are well. */
@NullMarked
package io.assay.web.overview;

import org.jspecify.annotations.NullMarked;
