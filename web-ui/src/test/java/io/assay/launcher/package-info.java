/** Tests of the scripts at the top of the repository. */
@NullMarked
package io.assay.launcher;

import org.jspecify.annotations.NullMarked;
