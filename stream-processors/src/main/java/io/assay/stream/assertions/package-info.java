/** The topology that decodes and judges. */
@NullMarked
package io.assay.stream.assertions;

import org.jspecify.annotations.NullMarked;
