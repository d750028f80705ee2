/** Spring Boot main, properties, wiring. */
@NullMarked
package io.assay.stream.app;

import org.jspecify.annotations.NullMarked;
