/** How well the street's rules find what the simulator got wrong on purpose. */
@NullMarked
package io.assay.bench.street;

import org.jspecify.annotations.NullMarked;
