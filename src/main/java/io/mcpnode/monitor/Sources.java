package io.mcpnode.monitor;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Where a node's figures about itself come from. Asked at every heartbeat, on any thread.
 *
 * @param calls of tools that run
 * @param requests of clients that wait for their answer
 * @param sessions records owned
 * @param answers to clients since the start
 * @param replicas of the records owned; may block
 */
public record Sources(
    IntSupplier calls,
    IntSupplier requests,
    IntSupplier sessions,
    Supplier<RequestTotals> answers,
    Supplier<Replicas> replicas) {}
