/** A tool made of an annotated method, and how it is called. */
@NullMarked
package io.mcpnode.feature.call;

import org.jspecify.annotations.NullMarked;
