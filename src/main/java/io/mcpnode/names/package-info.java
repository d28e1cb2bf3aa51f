/** Names of which each has one holder in the cluster, and monitors of names and nodes. */
@NullMarked
package io.mcpnode.names;

import org.jspecify.annotations.NullMarked;
