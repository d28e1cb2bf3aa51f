package io.mcpnode.monitor;

import io.mcpnode.membership.Health;

/**
 * How a node was seen at one moment.
 *
 * @param at epoch milliseconds
 * @param missedPings in a row
 * @param work in progress: calls and requests
 */
public record Sample(
    long at,
    Health health,
    int missedPings,
    int work,
    long lagMicros,
    long memoryUsed,
    int sessions,
    double requestRate,
    double errorRate,
    long p99Micros) {}
