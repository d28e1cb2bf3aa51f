package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;

/**
 * A node of the cluster.
 *
 * @param host where it listens for other nodes
 * @param port where it listens for other nodes
 * @param version of the software
 * @param since when it started, epoch milliseconds of its own clock
 */
public record Member(NodeId id, String host, int port, String version, long since) {}
