@NullMarked
package io.assay.web.review;

import org.jspecify.annotations.NullMarked;
