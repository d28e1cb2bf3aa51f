/**
 * Nodes of the packaged jar, each in a network namespace of its own, whose links are cut. Needs
 * root and the commands ip, iptables and socat.
 */
package io.mcpnode.netns;
