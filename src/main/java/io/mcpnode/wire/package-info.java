/**
 * What nodes say to each other: contracts, one codec, requests with deadlines. The only package
 * that touches the event bus.
 */
@NullMarked
package io.mcpnode.wire;

import org.jspecify.annotations.NullMarked;
