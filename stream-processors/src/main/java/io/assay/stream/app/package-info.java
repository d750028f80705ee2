/** The service: streams of a rule set started, watched and stopped, with or without Spring. */
@NullMarked
package io.assay.stream.app;

import org.jspecify.annotations.NullMarked;
