/** Named operations, called on one node, on several, on all. */
@NullMarked
package io.mcpnode.call;

import org.jspecify.annotations.NullMarked;
