@NullMarked
package io.assay.web.admin;

import org.jspecify.annotations.NullMarked;
