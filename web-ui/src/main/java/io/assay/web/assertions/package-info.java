/**
 * What is asserted, and how it fares: all assertions of a project, one of them, and both as JSON.
 */
@NullMarked
package io.assay.web.assertions;

import org.jspecify.annotations.NullMarked;
