/** The outside of a node: Streamable HTTP, WebSocket, the operator's routes. */
@NullMarked
package io.mcpnode.http;

import org.jspecify.annotations.NullMarked;
