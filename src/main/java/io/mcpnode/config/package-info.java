/** Reads the settings: YAML or JSON, environment variables; every unknown key is an error. */
@NullMarked
package io.mcpnode.config;

import org.jspecify.annotations.NullMarked;
