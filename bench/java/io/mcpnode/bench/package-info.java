/** Benchmarks of running nodes, seen from outside. See bench/README.md. */
package io.mcpnode.bench;
