/**
 * What the cluster owns for clients: sessions, handles and tasks as immutable records, and their
 * changes.
 */
@NullMarked
package io.mcpnode.state;

import org.jspecify.annotations.NullMarked;
