/** How much room what is kept takes, how fast it grows, and when a volume is full. */
@NullMarked
package io.assay.web.storage;

import org.jspecify.annotations.NullMarked;
