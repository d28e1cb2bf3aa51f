/** JSON-RPC and MCP on the wire, both eras. Pure: no I/O, no clock, no cluster. */
@NullMarked
package io.mcpnode.protocol;

import org.jspecify.annotations.NullMarked;
