/** The one layout of rule files. */
@NullMarked
package io.assay.assertion.rule.format;

import org.jspecify.annotations.NullMarked;
