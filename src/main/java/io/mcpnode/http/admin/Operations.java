package io.mcpnode.http.admin;

import io.mcpnode.affinity.SessionAdmin;
import io.mcpnode.call.ClusterCalls;
import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.monitor.ClusterMonitor;
import io.mcpnode.partition.Partitions;
import io.mcpnode.trace.Traces;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/**
 * What operators see and do.
 *
 * @param readiness asked on every {@code /health/ready}
 * @param token empty: only loopback peers are answered
 */
public record Operations(
    SessionAdmin sessions,
    ClusterStatus cluster,
    Partitions partitions,
    ClusterCalls calls,
    Traces traces,
    ClusterMonitor monitor,
    Supplier<Readiness> readiness,
    PrometheusMeterRegistry meters,
    String token) {}
