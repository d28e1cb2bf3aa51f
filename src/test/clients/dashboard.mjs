// The dashboard of the first node in a real browser: what it shows, and that its buttons do what they say.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { check, finish, nodes, until } from './harness.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'
];
const node = nodes[0];
const profile = await mkdtemp(join(tmpdir(), 'dashboard-'));

/** A session of its own, to have something that moves. */
async function openSession() {
  const response = await fetch(node, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0', id: 1, method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'dashboard', version: '1' } }
    })
  });
  assert.equal(response.status, 200);
  return response.headers.get('mcp-session-id');
}

/** What that node answers operators. */
async function ask(each, path) {
  return (await fetch(new URL(path, each))).json();
}

/** How many sessions each node owns, as that node tells it. */
async function owned(each) {
  const { nodes: shares } = await ask(each, '/cluster/rebalance');
  return Object.fromEntries(shares.map(share => [share.node, share.sessions]));
}

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, viewport: { width: 1440, height: 1200 }
});
const page = browser.pages()[0] ?? (await browser.newPage());
page.setDefaultTimeout(20_000);
const errors = [];
const strangers = [];
page.on('pageerror', error => errors.push(String(error)));
page.on('console', message => {
  if (message.type() === 'error') errors.push(message.text());
});
page.on('request', request => {
  const url = new URL(request.url());
  if (url.protocol !== 'data:' && url.origin !== node.origin) strangers.push(request.url());
});
const row = name => page.locator('#nodes tbody tr').filter({ has: page.getByText(name, { exact: true }) });

const session = await openSession();

/** Everything that a press of a button sent. */
const pressed = [];
page.on('request', request => {
  if (request.method() !== 'GET') pressed.push(`${request.method()} ${new URL(request.url()).pathname}`);
});

await check('all nodes are shown', async () => {
  await page.goto(new URL('/dashboard', node).href);
  await page.locator('#nodes tbody tr').nth(nodes.length - 1).waitFor();
  assert.equal(await page.locator('#nodes tbody tr').count(), nodes.length);
  assert.equal(await page.locator('#reach .disc').count(), nodes.length);
  await page.getByText('Everybody hears everybody').waitFor();
});

await check('its session is listed, and moves when it is told to', async () => {
  const choice = page.getByLabel(`Move ${session} to`);
  await choice.waitFor();
  const target = await choice.locator('option').last().getAttribute('value');
  await choice.selectOption(target);
  await page.getByText(`Moved to ${target}`).waitFor();
  await page.locator('#events').getByText(/1 record moved from/).first().waitFor();
  for (const each of nodes) {
    assert.equal((await ask(each, `/cluster/sessions/${session}`)).owner, target);
  }
  assert.deepEqual(pressed, [`POST /cluster/sessions/${session}/migrate`]);
});

await check('a node is drained after a question, keeps nothing, and serves again', async () => {
  const kept = await fetch(new URL(`/cluster/sessions/${session}/migrate`, node), {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"target":"n2"}'
  });
  assert.equal(kept.status, 200);
  pressed.length = 0;
  await page.getByRole('button', { name: 'Drain n2' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('#confirm').waitFor({ state: 'hidden' });
  assert.deepEqual(pressed, []);
  await page.getByRole('button', { name: 'Drain n2' }).click();
  await page.locator('#confirmYes').click();
  await row('n2').getByText('draining').waitFor();
  await page.locator('#events').getByText('n2 is draining').waitFor();
  assert.equal((await fetch(new URL('/health/ready', nodes[1]))).status, 503);
  await until('n2 owns nothing', async () => (await ask(node, '/cluster/sessions?node=n2')).sessions.length === 0);
  assert.notEqual((await ask(node, `/cluster/sessions/${session}`)).owner, 'n2');
  await page.getByRole('button', { name: 'Let n2 serve again' }).click();
  await row('n2').getByText('draining').waitFor({ state: 'detached' });
  await until('n2 is ready', async () => (await fetch(new URL('/health/ready', nodes[1]))).status === 200);
  assert.deepEqual(pressed, ['POST /cluster/nodes/n2/drain', 'DELETE /cluster/nodes/n2/drain']);
});

await check('sessions are evened out after a question', async () => {
  const many = 11;
  for (let i = 0; i < many; i += 1) await openSession();
  await until('n1 has them', async () => (await owned(node)).n1 >= many);
  await until('n2 is known to serve', async () => 'n2' in (await owned(node)));
  pressed.length = 0;
  const button = page.getByRole('button', { name: 'Rebalance', exact: true });
  await button.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('#confirm').waitFor({ state: 'hidden' });
  assert.deepEqual(pressed, []);
  await button.click();
  const answer = page.waitForResponse(response => new URL(response.url()).pathname === '/cluster/rebalance');
  await page.locator('#confirmYes').click();
  assert.equal((await answer).status(), 202);
  assert.equal((await (await answer).json()).state, 'moving');
  await page.getByText('Rebalancing', { exact: true }).waitFor();
  await page.locator('#events').getByText(/records? moved from n1 to n2/).first().waitFor();
  for (const each of nodes) {
    await until('each node owns four', async () => Object.values(await owned(each)).every(sessions => sessions === 4));
  }
  assert.deepEqual(pressed, ['POST /cluster/rebalance']);
});

await check('thresholds apply to all nodes', async () => {
  await page.locator('[name=failedPingThreshold]').fill('7');
  await page.getByRole('button', { name: 'Apply to all nodes' }).click();
  await page.getByText('The thresholds apply to the whole cluster').waitFor();
  for (const each of nodes) {
    const answer = await fetch(new URL('/cluster/thresholds', each));
    assert.equal((await answer.json()).failedPingThreshold, 7);
  }
});

await check('the page sees no error and asks nobody else', async () => {
  assert.deepEqual(errors, []);
  assert.deepEqual(strangers, []);
});

await check('a trace that nobody knows is told in words', async () => {
  await page.locator('#traceId').fill('0af7651916cd43dd8448eb211c80319c');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#trace').getByText(/not (known|record)/).waitFor();
});

for (const width of [1440, 768, 390]) {
  await check(`nothing sticks out at ${width} pixels`, async () => {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `the page is ${wide} pixels wide`);
  });
}

/** The contrast of text with what is behind it, WCAG 2.2, 1.4.3. */
const contrast = () => {
  const parse = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour.startsWith('rgb(')) return parse(colour);
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll('h1, h2, p, th, td, label, time, .note, .badge, .kind, .text, button:not(:disabled)')) {
    if (!element.checkVisibility() || !element.textContent.trim()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${element.tagName} "${element.textContent.trim().slice(0, 30)}": ${ratio.toFixed(2)}`);
  }
  return poor;
};

for (const colorScheme of ['light', 'dark']) {
  await check(`text can be read in ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await page.evaluate(contrast), []);
  });
}

await browser.close();
await rm(profile, { recursive: true, force: true });
finish();
