/** Tools: registry, calling, annotation dialects, plugin jars, argument checks. */
@NullMarked
package io.mcpnode.feature;

import org.jspecify.annotations.NullMarked;
