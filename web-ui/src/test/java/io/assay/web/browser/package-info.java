@NullMarked
package io.assay.web.browser;

import org.jspecify.annotations.NullMarked;
