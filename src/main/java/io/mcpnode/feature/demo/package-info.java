/** The built-in demonstration tools, written as any plugin is. */
@NullMarked
package io.mcpnode.feature.demo;

import org.jspecify.annotations.NullMarked;
