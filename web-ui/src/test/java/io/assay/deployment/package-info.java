/** What is shipped beside the code, held to the code. */
@NullMarked
package io.assay.deployment;

import org.jspecify.annotations.NullMarked;
