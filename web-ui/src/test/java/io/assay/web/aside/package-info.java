@NullMarked
package io.assay.web.aside;

import org.jspecify.annotations.NullMarked;
