/** Tools from jars: finding annotated classes, loading them apart from the node, naming faults. */
@NullMarked
package io.mcpnode.feature.plugin;

import org.jspecify.annotations.NullMarked;
