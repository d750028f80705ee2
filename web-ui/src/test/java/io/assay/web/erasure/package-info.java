@NullMarked
package io.assay.web.erasure;

import org.jspecify.annotations.NullMarked;
