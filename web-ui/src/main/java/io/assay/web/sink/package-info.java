/** From Kafka into PostgreSQL: rows, roll-ups and offsets in one transaction. */
@NullMarked
package io.assay.web.sink;

import org.jspecify.annotations.NullMarked;
