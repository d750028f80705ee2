/** All of Assay in one process, around a simulated street. */
@NullMarked
package io.assay.demo;

import org.jspecify.annotations.NullMarked;
