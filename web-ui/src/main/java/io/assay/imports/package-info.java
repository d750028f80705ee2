/** The files of other tools, read into events; one class a format. */
@NullMarked
package io.assay.imports;

import org.jspecify.annotations.NullMarked;
