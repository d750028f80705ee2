/**
 * A real PostgreSQL and a real Kafka broker inside this process's own data folder. Knows no web
 * framework: commands and tests start it by hand.
 */
@NullMarked
package io.assay.embedded;

import org.jspecify.annotations.NullMarked;
