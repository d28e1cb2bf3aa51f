// Clients of both SDKs that count and echo without a pause, until a line comes in on standard input.
// Each request goes to the next node; as a load balancer does, one that refuses the connection is passed over.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { assertNoTransportError, check, finish, nodes, text } from './harness.mjs';

const CLIENTS_OF_EACH_KIND = 5;
const MODERN = '2026-07-28';
const refused = [];
let turn = 0;
let stopping = false;

async function throughABalancer(input, init) {
  const asked = new URL(input instanceof Request ? input.url : input);
  const first = turn++;
  for (let tries = 1; ; tries++) {
    const node = nodes[(first + tries) % nodes.length];
    try {
      const answer = await fetch(new URL(asked.pathname + asked.search, node.origin), init);
      if (answer.status === 503) {
        refused.push(`${init?.method} to ${node.port}: 503 ${await answer.clone().text()}`);
      }
      return answer;
    } catch (error) {
      if (error.cause?.code === 'ECONNREFUSED' && tries < nodes.length) continue;
      throw new Error(`${init?.method} to ${node.port}: ${error.cause ?? error}`, { cause: error });
    }
  }
}

const kinds = [
  {
    label: 'v1',
    session: true,
    connect: () => new ClientV1({ name: 'rolling', version: '1' }),
    transport: () => new TransportV1(nodes[0], { fetch: throughABalancer }),
    call: (client, params) => client.callTool(params)
  },
  ...[['v2 legacy', 'legacy', true], ['v2 auto', 'auto', false], ['v2 pinned', { pin: MODERN }, false]].map(
    ([label, mode, session]) => ({
      label,
      session,
      connect: () => new ClientV2({ name: 'rolling', version: '1' }, { versionNegotiation: { mode } }),
      transport: () => new TransportV2(nodes[0], { fetch: throughABalancer }),
      call: (client, params) => client.callTool(params)
    })
  )
];

async function work(kind, worker) {
  let handle;
  while (!stopping) {
    const args = kind.session || handle === undefined ? {} : { handle };
    const counted = await kind.call(worker.client, { name: 'counter', arguments: args });
    assert.equal(counted.structuredContent?.value, worker.counted + 1, JSON.stringify(counted));
    worker.counted++;
    handle = counted.structuredContent.handle;
    const message = `${kind.label} ${worker.counted}`;
    assert.equal(text(await kind.call(worker.client, { name: 'echo', arguments: { message } })), message);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const workers = [];
for (const kind of kinds) {
  for (let i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
    const worker = { kind, client: kind.connect(), errors: [], counted: 0 };
    worker.client.onerror = error => worker.errors.push(error);
    await worker.client.connect(kind.transport());
    worker.done = work(kind, worker).catch(error => worker.errors.push(error));
    workers.push(worker);
  }
}
console.log(`${workers.length} clients work`);
await once(process.stdin, 'data');
stopping = true;
await Promise.all(workers.map(worker => worker.done));
for (const kind of kinds) {
  const ofKind = workers.filter(worker => worker.kind === kind);
  const counted = ofKind.reduce((sum, worker) => sum + worker.counted, 0);
  await check(`${kind.label}: ${ofKind.length} clients counted ${counted} and saw no error`, async () => {
    ofKind.forEach(worker => assertNoTransportError(worker.errors));
    assert.ok(ofKind.every(worker => worker.counted > 0));
  });
}
await check('no node refused a request', async () => assert.deepEqual(refused, []));
finish();
