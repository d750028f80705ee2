@NullMarked
package io.assay.web.assertions;

import org.jspecify.annotations.NullMarked;
