/** Traces: the spans of this node, those of all nodes put together, and their export. */
@NullMarked
package io.mcpnode.trace;

import org.jspecify.annotations.NullMarked;
