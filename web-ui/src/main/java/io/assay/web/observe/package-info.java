/** How the program itself is, for those who look after it. */
@NullMarked
package io.assay.web.observe;

import org.jspecify.annotations.NullMarked;
