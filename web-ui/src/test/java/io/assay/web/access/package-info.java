@NullMarked
package io.assay.web.access;

import org.jspecify.annotations.NullMarked;
