package io.mcpnode.wire;

/**
 * What crosses the network between nodes: a record whose components are {@code boolean}, {@code
 * int}, {@code long}, {@code double}, {@link String}, {@link NodeId}, {@link
 * io.vertx.core.buffer.Buffer}, enums, other wire messages and lists of these; any component but a
 * primitive one may be null.
 */
public interface WireMessage {}
