package io.mcpnode.server;

/**
 * How much clients may ask for.
 *
 * @param running calls at once on one node; one more is answered 503
 * @param perSecond calls that one client may begin; one more is answered 503; 0: no limit
 */
public record CallLimits(int running, int perSecond) {}
