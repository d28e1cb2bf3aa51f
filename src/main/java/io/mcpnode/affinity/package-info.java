/**
 * Which node owns a record, and how a request gets there: directory, router, host, migration,
 * failover, drain, rebalancing.
 */
@NullMarked
package io.mcpnode.affinity;

import org.jspecify.annotations.NullMarked;
