/** The operator's routes: health, metrics, the cluster, its sessions. */
@NullMarked
package io.mcpnode.http.admin;

import org.jspecify.annotations.NullMarked;
