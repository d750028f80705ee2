@NullMarked
package io.assay.web.storage;

import org.jspecify.annotations.NullMarked;
