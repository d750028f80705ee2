@NullMarked
package io.assay.web.rules;

import org.jspecify.annotations.NullMarked;
