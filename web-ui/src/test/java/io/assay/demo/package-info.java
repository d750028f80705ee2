/** Tests of the demo's parts. */
@NullMarked
package io.assay.demo;

import org.jspecify.annotations.NullMarked;
