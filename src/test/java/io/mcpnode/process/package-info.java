/**
 * What is tested from outside: the packaged jar in processes of its own, killed, stopped and paused
 * like any other. Nothing here knows the inside of a node. The classes whose names end neither in
 * Test nor in IT use the JDK and Vert.x alone; the benchmarks use them too.
 */
package io.mcpnode.process;
