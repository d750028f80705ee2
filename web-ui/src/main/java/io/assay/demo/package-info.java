/** All of Assay in one process, around simulated worlds. */
@NullMarked
package io.assay.demo;

import org.jspecify.annotations.NullMarked;
