/** Labels out and in: what people and rules say of predictions, in the forms that others read. */
@NullMarked
package io.assay.web.labels;

import org.jspecify.annotations.NullMarked;
