/** What serving stacks write, read as they write it, and made into events; without a broker. */
@NullMarked
package io.assay.stream.serving;

import org.jspecify.annotations.NullMarked;
