/** How the cluster does: health of every node, thresholds, alerts, events, metrics. */
@NullMarked
package io.mcpnode.monitor;

import org.jspecify.annotations.NullMarked;
