// What every client must be able to do with the built-in tools, whatever SDK and transport it uses.
import assert from 'node:assert/strict';
import { check, text, until } from './harness.mjs';

const BUILT_IN = ['add', 'counter', 'echo', 'sleep', 'whoami'];

/**
 * @param label begins each line
 * @param client of either SDK: listTools(), and what the adapter below says
 * @param adapter call(client, params, options), session: true if the era has sessions,
 *   version: the protocol version that must have been agreed on
 */
export async function checkTools(label, client, adapter) {
  const call = (name, args, options) => adapter.call(client, { name, arguments: args }, options);

  await check(`${label}: the tools are listed with their schemas`, async () => {
    const { tools } = await client.listTools();
    for (const name of BUILT_IN) {
      const tool = tools.find(candidate => candidate.name === name);
      assert.ok(tool, `${name} is not among ${tools.map(candidate => candidate.name)}`);
      assert.equal(tool.inputSchema.type, 'object');
    }
    assert.equal(tools.find(tool => tool.name === 'echo').annotations?.readOnlyHint, true);
    assert.equal(tools.find(tool => tool.name === 'add').annotations?.idempotentHint, true);
    assert.notEqual(tools.find(tool => tool.name === 'counter').annotations?.idempotentHint, true);
  });

  await check(`${label}: echo answers the message as it is`, async () => {
    const message = 'grüße, 世界 \u{1F30D} "quoted" \\ \n end';
    assert.equal(text(await call('echo', { message })), message);
  });

  await check(`${label}: add answers structured content`, async () => {
    assert.deepEqual((await call('add', { a: 2, b: 40.5 })).structuredContent, { sum: 42.5 });
  });

  await check(`${label}: counter counts one by one over all nodes`, async () => {
    let handle;
    for (let expected = 1; expected <= 9; expected++) {
      const args = adapter.session || handle === undefined ? {} : { handle };
      const { structuredContent } = await call('counter', args);
      assert.equal(structuredContent.value, expected);
      handle = structuredContent.handle;
    }
    const args = adapter.session ? { by: -4 } : { by: -4, handle };
    assert.equal((await call('counter', args)).structuredContent.value, 5);
  });

  await check(`${label}: whoami names the node, the owner and the version`, async () => {
    const { structuredContent } = await call('whoami', {});
    assert.ok(structuredContent.node, JSON.stringify(structuredContent));
    assert.ok(structuredContent.owner, JSON.stringify(structuredContent));
    assert.ok(structuredContent.principal, JSON.stringify(structuredContent));
    assert.equal(structuredContent.protocolVersion, adapter.version);
    if (adapter.session) {
      assert.ok(structuredContent.session, JSON.stringify(structuredContent));
      assert.ok(structuredContent.epoch >= 1, JSON.stringify(structuredContent));
    }
  });

  await check(`${label}: sleep reports progress that grows`, async () => {
    const reports = [];
    const result = await call('sleep', { ms: 500 }, { onprogress: report => reports.push(report) });
    assert.equal(text(result), 'slept 500 ms');
    assert.ok(reports.length >= 3, `${reports.length} reports (expected: >= 3)`);
    for (let i = 1; i < reports.length; i++) {
      assert.ok(reports[i].progress > reports[i - 1].progress, JSON.stringify(reports));
    }
  });

  await check(`${label}: a cancelled sleep stops`, async () => {
    const stop = new AbortController();
    let reports = 0;
    const sleeping = call('sleep', { ms: 20_000 }, {
      signal: stop.signal,
      onprogress: () => {
        reports++;
      }
    });
    sleeping.catch(() => {});
    // The first report shows that the call runs; it comes after about two seconds.
    await until('the first progress report', () => reports > 0);
    stop.abort(new Error('enough'));
    await assert.rejects(sleeping);
    // A call that still ran would report within this time: an error of the client, which the check
    // for transport errors finds, because the token of that progress is no longer known.
    const then = reports;
    assert.equal(text(await call('sleep', { ms: 2500 })), 'slept 2500 ms');
    assert.equal(reports, then, 'progress was still reported after the cancellation');
  });

  await check(`${label}: an unknown tool is error -32602`, async () => {
    await assert.rejects(call('no-such-tool', {}), error => error.code === -32602);
  });

  await check(`${label}: bad arguments are a result with isError`, async () => {
    const result = await call('add', { a: 'two', b: 1 });
    assert.equal(result.isError, true);
    assert.ok(text(result), 'no text says what is wrong');
  });

  await check(`${label}: twenty calls at once are all answered`, async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => call('echo', { message: `m${i}` }))
    );
    assert.deepEqual(results.map(text), Array.from({ length: 20 }, (_, i) => `m${i}`));
  });
}
