/** The arrows between modules, as tests. */
@NullMarked
package io.assay.architecture;

import org.jspecify.annotations.NullMarked;
