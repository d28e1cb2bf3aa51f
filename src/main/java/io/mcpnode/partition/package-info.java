/** May this side of the cluster serve? The quorum gate. */
@NullMarked
package io.mcpnode.partition;

import org.jspecify.annotations.NullMarked;
