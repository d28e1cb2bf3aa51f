// TypeScript SDK v2 in each of its ways to agree on a version; each request goes to the next node.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { assertAllNodesAsked, assertNoTransportError, check, finish, nodes, rotatingFetch } from './harness.mjs';
import { checkTools } from './checks.mjs';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';

const ways = [
  { label: 'v2 legacy', mode: 'legacy', version: LEGACY },
  { label: 'v2 auto', mode: 'auto', version: MODERN },
  { label: 'v2 pinned', mode: { pin: MODERN }, version: MODERN }
];

for (const { label, mode, version } of ways) {
  const session = version === LEGACY;
  const client = new Client({ name: 'v2', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(nodes[0], { fetch: rotatingFetch });
  const errors = [];
  client.onerror = error => errors.push(error);

  await check(`${label}: connects and agrees on ${version}`, async () => {
    await client.connect(transport);
    assert.equal(client.getNegotiatedProtocolVersion(), version);
    assert.equal(transport.sessionId !== undefined, session);
  });
  await checkTools(label, client, {
    session,
    version,
    call: (connected, params, options) => connected.callTool(params, options)
  });
  if (session) {
    await check(`${label}: ping`, () => client.ping());
    await check(`${label}: the session can be ended`, () => transport.terminateSession());
  }
  await check(`${label}: the client saw no transport error`, async () =>
    assertNoTransportError(errors));
  await check(`${label}: closes`, () => client.close());
}
await check('v2: all nodes were asked', async () => assertAllNodesAsked());
finish();
