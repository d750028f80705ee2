/** Erases all that is kept of a key, as someone may ask for. */
@NullMarked
package io.assay.web.erasure;

import org.jspecify.annotations.NullMarked;
