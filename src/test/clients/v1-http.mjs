// TypeScript SDK v1 over Streamable HTTP; each request goes to the next node.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { assertAllNodesAsked, assertNoTransportError, check, finish, nodes, rotatingFetch, until } from './harness.mjs';
import { checkTools } from './checks.mjs';

const adapter = {
  session: true,
  version: '2025-11-25',
  call: (client, params, options) => client.callTool(params, undefined, options)
};

const client = new Client({ name: 'v1-http', version: '1' });
const transport = new StreamableHTTPClientTransport(nodes[0], { fetch: rotatingFetch });
const errors = [];
client.onerror = error => errors.push(error);

await check('v1 http: connects and gets a session', async () => {
  await client.connect(transport);
  assert.match(transport.sessionId ?? '', /^[\x21-\x7e]+$/);
  assert.ok(client.getServerCapabilities().tools);
});
await checkTools('v1 http', client, adapter);
await check('v1 http: ping', () => client.ping());
await check('v1 http: all nodes were asked', async () => assertAllNodesAsked());
await check('v1 http: the client saw no transport error', async () =>
  assertNoTransportError(errors));
await check('v1 http: an ended session is 404 on every node', async () => {
  const session = transport.sessionId;
  await transport.terminateSession();
  assert.equal(transport.sessionId, undefined);
  for (const node of nodes) {
    const answer = await fetch(node, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': session,
        'mcp-protocol-version': adapter.version
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    });
    assert.equal(answer.status, 404, node.href);
  }
});
await check('v1 http: closes', async () => {
  await client.close();
  await until('the transport is closed', () => client.transport === undefined);
});
finish();
