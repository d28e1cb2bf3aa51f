/** The copies of every record: store, commit pipeline, batching. */
@NullMarked
package io.mcpnode.replication;

import org.jspecify.annotations.NullMarked;
