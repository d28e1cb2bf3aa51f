// What all scripts here share: the nodes' URLs, requests in rotation, checks with one line each.
import assert from 'node:assert/strict';

const CHECK_LIMIT_MS = 30_000;

/** The MCP endpoints given on the command line. */
export const nodes = process.argv.slice(2).map(text => new URL(text));
if (nodes.length === 0) {
  console.error('usage: node SCRIPT.mjs http://HOST:PORT/mcp [more nodes]');
  process.exit(64);
}

/** How many requests each node was sent, by origin. */
export const sent = new Map(nodes.map(node => [node.origin, 0]));
let turn = 0;

/** A fetch that sends each request to the next node, whatever node the URL names. */
export async function rotatingFetch(input, init) {
  const asked = new URL(input instanceof Request ? input.url : input);
  const node = nodes[turn++ % nodes.length];
  sent.set(node.origin, sent.get(node.origin) + 1);
  return fetch(new URL(asked.pathname + asked.search, node.origin), init);
}

let passed = 0;
let failed = 0;

/** Runs one check within a time limit and prints how it ended. */
export async function check(name, body) {
  const started = performance.now();
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
  });
  try {
    await Promise.race([body(), limit]);
    passed++;
    console.log(`ok   ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed++;
    const shown = error instanceof assert.AssertionError ? error.message : (error?.stack ?? String(error));
    console.log(`FAIL ${name}: ${shown.replaceAll('\n', '\n     ')}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Prints the sum and ends the process. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** All nodes had their share of the requests, so the session really moved between them. */
export function assertAllNodesAsked() {
  for (const [origin, count] of sent) {
    assert.ok(count > 0, `${origin} was asked nothing: ${JSON.stringify([...sent])}`);
  }
}

/**
 * What a client reported to its onerror, without one thing that the SDKs do to themselves: they
 * handle a notification later than an answer, so that the last progress of a call, sent right before
 * its answer, can find its token gone.
 */
export function assertNoTransportError(errors) {
  const shown = errors.map(String).filter(error => {
    const [, progress, total] = /unknown token: .*"progress":(\d+),"total":(\d+)/.exec(error) ?? [];
    return progress === undefined || progress !== total;
  });
  assert.deepEqual(shown, []);
}

/** Waits until the condition holds. */
export async function until(what, condition, limitMs = 10_000) {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `not within ${limitMs} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

export function text(result) {
  return result.content?.find(block => block.type === 'text')?.text;
}
