// TypeScript SDK v1 over WebSocket: one connection to each node in turn.
import WebSocket from 'ws';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import { assertNoTransportError, check, finish, nodes } from './harness.mjs';
import { checkTools } from './checks.mjs';

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket;

const adapter = {
  session: true,
  version: '2025-11-25',
  call: (client, params, options) => client.callTool(params, undefined, options)
};

for (const [index, node] of nodes.entries()) {
  const label = `v1 websocket, node ${index + 1}`;
  const url = new URL(`${node.pathname}/ws`, node);
  url.protocol = node.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = new Client({ name: 'v1-websocket', version: '1' });
  const errors = [];
  client.onerror = error => errors.push(error);
  await check(`${label}: connects`, () => client.connect(new WebSocketClientTransport(url)));
  await checkTools(label, client, adapter);
  await check(`${label}: ping`, () => client.ping());
  await check(`${label}: the client saw no transport error`, async () =>
    assertNoTransportError(errors));
  await check(`${label}: closes`, () => client.close());
}
finish();
