/** What annotations on a method say, in one form whatever library they come from. */
@NullMarked
package io.mcpnode.feature.dialect;

import org.jspecify.annotations.NullMarked;
