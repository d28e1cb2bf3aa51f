/** Who is in the cluster: members, incarnations, the numbered view, suspicion. */
@NullMarked
package io.mcpnode.membership;

import org.jspecify.annotations.NullMarked;
