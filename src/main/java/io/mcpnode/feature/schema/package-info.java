/**
 * Java types as JSON: their schema, reading arguments, writing results, from one description so
 * that the three agree.
 */
@NullMarked
package io.mcpnode.feature.schema;

import org.jspecify.annotations.NullMarked;
