@NullMarked
package io.assay.web.system;

import org.jspecify.annotations.NullMarked;
