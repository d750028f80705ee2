/** Topic names, serdes and wire records: the only package of this module that others may use. */
@NullMarked
package io.assay.stream.contract;

import org.jspecify.annotations.NullMarked;
