/** MCP methods: one dispatcher per era behind one interface, running calls, answers. */
@NullMarked
package io.mcpnode.server;

import org.jspecify.annotations.NullMarked;
