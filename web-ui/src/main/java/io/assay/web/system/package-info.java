/** Starts the web interface and says who may reach what. */
@NullMarked
package io.assay.web.system;

import org.jspecify.annotations.NullMarked;
