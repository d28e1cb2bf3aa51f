/**
 * What tools ask their clients: questions in the words of each revision, requests that wait for
 * their answers, and rounds of calls with sealed state between them.
 */
@NullMarked
package io.mcpnode.server.input;

import org.jspecify.annotations.NullMarked;
