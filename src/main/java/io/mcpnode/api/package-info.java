/**
 * What the author of a tool uses: annotations, the context of a call, its state. Depends on the JDK
 * alone.
 */
@NullMarked
package io.mcpnode.api;

import org.jspecify.annotations.NullMarked;
