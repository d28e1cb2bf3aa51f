/* The page of the operators: asks the routes beside it, once a second, and listens to their events. */
'use strict';

const $ = (id) => document.getElementById(id);
const POLL = 1000;
const SPAN = 120000; // of the charts, milliseconds
const TOKEN = 'mcp-node-token';
const SVG = 'http://www.w3.org/2000/svg';

// ---------------------------------------------------------------- little helpers

function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'class') node.className = value;
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const time = (date) => new Date(date).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const count = (n) => n >= 10000 ? `${(n / 1000).toFixed(n >= 100000 ? 0 : 1)}k` : String(Math.round(n));
const rate = (n) => n >= 100 ? count(n) : n >= 10 ? n.toFixed(1) : n === 0 ? '0' : n.toFixed(2);
const plural = (n, one, many = `${one}s`) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`;

function micros(n) {
  if (n >= 1e6) return `${(n / 1e6).toFixed(n >= 1e7 ? 0 : 1)} s`;
  if (n >= 1000) return `${(n / 1000).toFixed(n >= 1e5 ? 0 : 1)} ms`;
  return `${Math.round(n)} µs`;
}

function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let i = 0;
  while (n >= 1024 && i < units.length - 1) { n /= 1024; i += 1; }
  return `${n >= 10 || i === 0 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
}

function ago(date) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(date)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  return `${Math.round(seconds / 3600)} h ago`;
}

function toast(text, bad = false) {
  const note = el('div', { class: bad ? 'toast bad' : 'toast' }, text);
  $('toasts').append(note);
  setTimeout(() => note.remove(), bad ? 9000 : 5000);
}

// ---------------------------------------------------------------- asking the node

class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

let login = null;

/** One dialog, however many requests were refused. */
function askForToken(wrong) {
  if (!login) {
    $('loginWrong').hidden = !wrong;
    $('token').value = '';
    login = new Promise((resolve) => {
      $('login').addEventListener('close', () => {
        sessionStorage.setItem(TOKEN, $('token').value);
        login = null;
        resolve();
      }, { once: true });
    });
    $('login').showModal();
  }
  return login;
}

async function call(path, options = {}) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, { ...options, headers, cache: 'no-store', credentials: 'omit' });
  if (response.status === 401) {
    if (sessionStorage.getItem(TOKEN) === token) {
      sessionStorage.removeItem(TOKEN);
      await askForToken(Boolean(token));
    } else if (login) {
      await login;
    }
    return call(path, options);
  }
  $('tokenButton').hidden = !token;
  return response;
}

async function json(path, options) {
  const response = await call(path, options);
  const text = await response.text();
  let body = {};
  try { body = JSON.parse(text); } catch { body = { error: { message: text.slice(0, 200) } }; }
  if (!response.ok) throw new Refused(response.status, body.error?.message ?? `HTTP status ${response.status}`);
  return body;
}

const send = (method, path, body) => json(path, {
  method,
  headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
  body: body === undefined ? undefined : JSON.stringify(body),
});

// ---------------------------------------------------------------- what is known

/** Samples by node: {t, sessions, rate, errors, p99, health}. */
const history = new Map();
const colours = new Map();
let latest = null;

/** A node keeps its colour as long as the page is open. */
function colour(node) {
  if (!colours.has(node)) colours.set(node, `var(--s${colours.size % 8})`);
  return colours.get(node);
}

function remember(node, sample) {
  if (!history.has(node)) history.set(node, []);
  const samples = history.get(node);
  samples.push(sample);
  while (samples.length > 2 && samples[1].t < Date.now() - SPAN) samples.shift();
}

async function seed(node) {
  history.set(node, []);
  try {
    const health = await json(`cluster/nodes/${encodeURIComponent(node)}/health`);
    const before = health.history.map((s) => ({
      t: Date.parse(s.at), sessions: s.sessions, rate: s.requestsPerSecond, errors: s.errorsPerSecond, p99: s.p99Micros, health: s.health,
    })).filter((s) => s.t > Date.now() - SPAN);
    const samples = history.get(node);
    const first = samples[0]?.t ?? Infinity;
    samples.unshift(...before.filter((s) => s.t < first));
  } catch (problem) {
    if (problem.status !== 404) throw problem; // gone meanwhile
  }
}

// ---------------------------------------------------------------- the figures

const isDown = (node) => node.status === 'down';
const stateOf = (node) => (isDown(node) ? 'down' : node.state);

async function poll() {
  const [metrics, status] = await Promise.all([json('cluster/metrics'), json('cluster/status')]);
  metrics.nodes.sort((a, b) => a.node.localeCompare(b.node, undefined, { numeric: true }));
  const details = new Map(status.nodes.map((node) => [node.node, node]));
  for (const node of metrics.nodes) {
    colour(node.node);
    if (!history.has(node.node)) await seed(node.node);
    remember(node.node, {
      t: Date.now(), sessions: node.sessions ?? 0, rate: node.requestsPerSecond ?? 0,
      errors: node.errorsPerSecond ?? 0, p99: isDown(node) ? 0 : node.p99Micros ?? 0, health: node.health,
    });
  }
  const first = latest === null;
  latest = { metrics, status, details };
  draw();
  if (first) sessionsSoon();
}

function draw() {
  const { metrics, status } = latest;
  const up = metrics.nodes.filter((node) => !isDown(node));
  verdict(metrics);
  $('asked').textContent = `view ${status.view} · ${time(Date.now())}`;
  tiles(metrics, up);
  alerts(metrics.alerts);
  reach(metrics.nodes);
  table(metrics.nodes);
  chart('cSessions', 'sessions', count, metrics.nodes);
  chart('cRate', 'rate', rate, metrics.nodes);
  chart('cLatency', 'p99', micros, metrics.nodes);
  owners(metrics.nodes);
  thresholds(metrics.thresholds);
  $('rebalance').disabled = up.length < 2;
}

function verdict(metrics) {
  const box = $('verdict');
  let kind = 'good';
  let text = metrics.totalNodes === 1 ? 'The node is healthy' : `All ${metrics.totalNodes} nodes are healthy`;
  if (metrics.degradedNodes) { kind = 'warn'; text = `${plural(metrics.degradedNodes, 'node')} degraded`; }
  if (metrics.unhealthyNodes) { kind = 'bad'; text = `${plural(metrics.unhealthyNodes, 'node')} unhealthy`; }
  if (metrics.partitionDetected) { kind = 'bad'; text = 'The network is divided'; }
  if (box.className !== `verdict ${kind}` || box.lastElementChild.textContent !== text) {
    box.className = `verdict ${kind}`;
    box.lastElementChild.textContent = text;
    document.title = kind === 'good' ? 'mcp-node' : `(!) ${text} · mcp-node`;
  }
}

function tile(id, figure, small, note, kind = '') {
  const place = $(id);
  place.replaceChildren(figure, small ? el('small', {}, ` ${small}`) : '');
  place.parentElement.className = `tile ${kind}`;
  $(`${id}Note`).textContent = note || ' ';
  $(`${id}Note`).title = note || '';
}

function tiles(metrics, up) {
  const unwell = metrics.degradedNodes + metrics.unhealthyNodes;
  tile('tNodes', String(metrics.healthyNodes), `of ${metrics.totalNodes} healthy`,
    metrics.partitionDetected ? metrics.partitionReason : unwell ? [metrics.degradedNodes && `${metrics.degradedNodes} degraded`, metrics.unhealthyNodes && `${metrics.unhealthyNodes} unhealthy`].filter(Boolean).join(', ') : 'nobody is missing',
    metrics.unhealthyNodes || metrics.partitionDetected ? 'bad' : unwell ? 'warn' : '');
  const most = up.reduce((a, b) => (b.sessions ?? 0) > (a?.sessions ?? -1) ? b : a, null);
  tile('tSessions', count(metrics.sessions), '', metrics.sessions && most ? `most on ${most.node}: ${count(most.sessions)}` : 'none open');
  const missing = metrics.replicasWanted - metrics.replicasPresent;
  tile('tCopies', count(metrics.replicasPresent), `of ${count(metrics.replicasWanted)}`,
    missing > 0 ? `${count(missing)} being made` : 'everything is copied', missing > 0 ? 'warn' : '');
  const sum = (field) => up.reduce((all, node) => all + (node[field] ?? 0), 0);
  const errors = sum('errorsPerSecond');
  tile('tRate', rate(sum('requestsPerSecond')), '', errors > 0 ? `${rate(errors)} errors per second` : 'no errors', errors > 0 ? 'warn' : '');
  const slow = up.reduce((a, b) => (b.p99Micros ?? 0) > (a?.p99Micros ?? -1) ? b : a, null);
  tile('tLatency', slow?.p99Micros ? micros(slow.p99Micros) : '–', '', slow?.p99Micros ? `slowest: ${slow.node}; its p50 ${micros(slow.p50Micros)}` : 'nothing asked');
  const lag = up.reduce((a, b) => (b.eventLoopLagMicros ?? 0) > (a?.eventLoopLagMicros ?? -1) ? b : a, null);
  tile('tLag', micros(lag?.eventLoopLagMicros ?? 0), '', lag ? `most on ${lag.node}` : '', (lag?.eventLoopLagMicros ?? 0) > 200000 ? 'warn' : '');
}

let alertsShown = '';
function alerts(list) {
  const shown = JSON.stringify(list);
  $('alerts').hidden = list.length === 0;
  if (shown === alertsShown) return;
  alertsShown = shown;
  $('alerts').firstElementChild.replaceChildren(...list.map((alert) => el('li', {},
    el('span', { class: 'what' }, alert.type.replaceAll('_', ' ')),
    el('span', { class: 'text' }, alert.message),
    el('time', { datetime: alert.since }, `since ${time(alert.since)}`))));
}

// ---------------------------------------------------------------- who reaches whom

function reach(nodes) {
  const picture = $('reach');
  const all = Math.max(1, nodes.reduce((sum, node) => sum + (node.sessions ?? 0), 0));
  const radius = nodes.length > 12 ? 18 : nodes.length > 6 ? 24 : 30;
  const place = new Map(nodes.map((node, i) => {
    const angle = (i / nodes.length) * 2 * Math.PI - Math.PI / 2;
    return [node.node, nodes.length === 1 ? [210, 150] : [210 + Math.cos(angle) * 150, 160 + Math.sin(angle) * 112]];
  }));
  const heights = [...place.values()].map(([, y]) => y);
  const down = 160 - (Math.min(...heights) + Math.max(...heights)) / 2; // three nodes are no circle
  place.forEach((at) => { at[1] += down; });
  const hears = (a, b) => a.reaches?.includes(b.node) ?? false;
  const links = [];
  const broken = nodes.filter(isDown).map((node) => `${node.node} is down`);
  for (let i = 0; i < nodes.length; i += 1) {
    for (let j = i + 1; j < nodes.length; j += 1) {
      const [a, b] = [nodes[i], nodes[j]];
      const [there, back] = [hears(a, b), hears(b, a)];
      const [[x1, y1], [x2, y2]] = [place.get(a.node), place.get(b.node)];
      const kind = there && back ? '' : there || back ? 'oneway' : 'broken';
      links.push(svg('line', { class: `link ${kind}`, x1, y1, x2, y2 }));
      if (kind === 'oneway') {
        const [from, to] = there ? [[x2, y2], [x1, y1]] : [[x1, y1], [x2, y2]];
        const turn = Math.atan2(to[1] - from[1], to[0] - from[0]) * 180 / Math.PI;
        links.push(svg('path', { class: 'arrow', d: 'M-7-6 7 0-7 6z', transform: `translate(${(from[0] + to[0]) / 2} ${(from[1] + to[1]) / 2}) rotate(${turn})` }));
        broken.push(there ? `${b.node} is heard by ${a.node} but does not hear it` : `${a.node} is heard by ${b.node} but does not hear it`);
      } else if (kind === 'broken' && !isDown(a) && !isDown(b)) {
        broken.push(`${a.node} and ${b.node} do not hear each other`);
      }
    }
  }
  const discs = nodes.map((node) => {
    const [x, y] = place.get(node.node);
    const share = (node.sessions ?? 0) / all;
    const around = 2 * Math.PI * (radius + 6);
    const ring = svg('circle', { class: 'share', r: radius + 6, transform: 'rotate(-90)', 'stroke-dasharray': `${share * around} ${around}` });
    ring.style.stroke = colour(node.node);
    const disc = svg('circle', { class: 'disc', r: radius, stroke: 'currentColor' });
    const label = node.node.length > 9 ? `${node.node.slice(0, 8)}…` : node.node;
    return svg('g', { transform: `translate(${x} ${y})`, class: node.health },
      svg('circle', { class: 'track', r: radius + 6 }), ring, disc,
      svg('text', { y: node.state === 'serving' ? 5 : 1 }, label),
      ...(node.state === 'serving' ? [] : [svg('text', { class: 'sub', y: 15 }, stateOf(node))]),
      svg('title', {}, `${node.node}: ${node.health}, ${stateOf(node)}, ${plural(node.sessions ?? 0, 'session')}`));
  });
  picture.replaceChildren(...links, ...discs);
  $('reachText').textContent = nodes.length === 1 ? 'One node, without a cluster.'
    : broken.length ? `${broken.slice(0, 3).join('; ')}${broken.length > 3 ? `; and ${broken.length - 3} more` : ''}.`
      : 'Everybody hears everybody. The ring of a node is its share of the sessions.';
}

// ---------------------------------------------------------------- the table of nodes

const marks = {
  healthy: () => svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, svg('path', { d: 'M1 5.4 4 8.3 9 1.9', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 })),
  degraded: () => svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, svg('path', { d: 'M5 .8 9.6 9.2H.4z', fill: 'currentColor' })),
  unhealthy: () => svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, svg('path', { d: 'M1.5 1.5l7 7m0-7-7 7', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2 })),
};

function badge(health) {
  return el('span', { class: `badge ${health}` }, marks[health](), health);
}

function strip(samples, name) {
  const cells = samples.slice(-60);
  const height = { healthy: 7, degraded: 13, unhealthy: 20 };
  const bad = cells.filter((s) => s.health !== 'healthy').length;
  const picture = svg('svg', { class: 'strip', viewBox: '0 0 120 20', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${name}, health of the last ${cells.length} readings: ${bad ? `${bad} not healthy` : 'always healthy'}` });
  cells.forEach((s, i) => picture.append(svg('rect', { class: s.health, x: (60 - cells.length + i) * 2, y: 20 - height[s.health], width: 1.5, height: height[s.health] })));
  return picture;
}

function memory(node) {
  if (!node.memory) return '–';
  const share = node.memory.usedBytes / Math.max(1, node.memory.maxBytes);
  const bar = el('i');
  bar.style.width = `${Math.min(100, share * 100)}%`;
  return el('span', { class: 'meter', title: `${bytes(node.memory.usedBytes)} of ${bytes(node.memory.maxBytes)}` }, el('span', { class: 'bar' }, bar), bytes(node.memory.usedBytes));
}

function table(nodes) {
  const body = $('nodes').tBodies[0];
  const focused = document.activeElement?.dataset?.key;
  body.replaceChildren(...nodes.map((node) => {
    const down = isDown(node);
    const swatch = el('span', { class: 'swatch' });
    swatch.style.setProperty('--c', colour(node.node));
    const title = latest.details.get(node.node);
    const name = el('span', { class: 'name', title: title ? `version ${title.version}, incarnation ${title.incarnation}, round trip ${micros(title.rttMicros)}` : '' }, swatch, node.node);
    const state = node.state === 'serving' ? null : el('span', { class: 'badge plain', title: node.reason || '' }, stateOf(node));
    const drains = node.state === 'draining';
    const action = down ? el('span', { class: 'note' }, node.reason.split(':')[0]) : el('button', {
      class: 'button small', type: 'button', 'data-key': `drain ${node.node}`, onclick: () => (drains ? undrain(node.node) : drain(node.node)),
      'aria-label': drains ? `Let ${node.node} serve again` : `Drain ${node.node}`,
    }, drains ? 'Undrain' : 'Drain');
    const figure = (value, format) => (down || value === null ? '–' : format(value));
    return el('tr', {},
      el('td', {}, name),
      el('td', {}, badge(node.health), state),
      el('td', {}, strip(history.get(node.node) ?? [], node.node)),
      el('td', { class: 'num' }, figure(node.sessions, count)),
      el('td', { class: 'num' }, figure(node.requestsPerSecond, rate)),
      el('td', { class: 'num' }, figure(node.p99Micros, (n) => (n ? micros(n) : '–'))),
      el('td', { class: 'num' }, figure(node.workInProgress, count)),
      el('td', { class: 'num' }, figure(node.eventLoopLagMicros, micros)),
      el('td', {}, down ? '–' : memory(node)),
      el('td', { class: 'num' }, action));
  }));
  if (focused) body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

// ---------------------------------------------------------------- charts

/** A round number not below the highest value, whose half is round too. */
function niceTop(max) {
  const power = 10 ** Math.floor(Math.log10(Math.max(2, max)));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= max * 1.02 && top >= 2) ?? 20 * power;
}

const round = (label) => label.replace(/\.0(?=$| )/, '');

function chart(id, field, format, nodes) {
  const place = $(id);
  const width = Math.max(240, place.clientWidth);
  const [height, left, right, top, bottom] = [170, 46, 6, 8, 20];
  const now = Date.now();
  const x = (t) => left + (1 - (now - t) / SPAN) * (width - left - right);
  const series = nodes.map((node) => ({ name: node.node, samples: (history.get(node.node) ?? []).filter((s) => s.t >= now - SPAN) }));
  const most = niceTop(Math.max(0, ...series.flatMap((one) => one.samples.map((s) => s[field] ?? 0))));
  const y = (value) => top + (1 - value / most) * (height - top - bottom);
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': series.map((one) => `${one.name} ${format(one.samples.at(-1)?.[field] ?? 0)}`).join(', ') });
  for (const share of [0, 0.5, 1]) {
    picture.append(
      svg('line', { class: 'gridline', x1: left, x2: width - right, y1: y(most * share), y2: y(most * share) }),
      svg('text', { class: 'axis', x: left - 8, y: y(most * share) + 4, 'text-anchor': 'end' }, round(format(most * share))));
  }
  for (const [back, anchor] of [[SPAN, 'start'], [SPAN / 2, 'middle'], [0, 'end']]) {
    picture.append(svg('text', { class: 'axis', x: x(now - back), y: height - 4, 'text-anchor': anchor }, back ? `−${back / 1000} s` : 'now'));
  }
  for (const one of series) {
    const line = svg('polyline', { class: 'series', points: one.samples.map((s) => `${x(s.t).toFixed(1)},${y(s[field] ?? 0).toFixed(1)}`).join(' ') });
    line.style.stroke = colour(one.name);
    picture.append(line);
  }
  const hover = place.hover;
  if (hover !== undefined) picture.append(svg('line', { class: 'cross', x1: hover, x2: hover, y1: top, y2: height - bottom }));
  const legend = el('ul', { class: 'legend' }, ...series.map((one) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.setProperty('--c', colour(one.name));
    return el('li', {}, swatch, one.name, el('b', {}, format(one.samples.at(-1)?.[field] ?? 0)));
  }));
  place.replaceChildren(picture, legend);
  place.at = (px) => {
    const t = now - (1 - (px - left) / (width - left - right)) * SPAN;
    return { t, values: series.map((one) => {
      const near = one.samples.reduce((a, b) => (!a || Math.abs(b.t - t) < Math.abs(a.t - t) ? b : a), null);
      return [one.name, near && Math.abs(near.t - t) < 3000 ? format(near[field] ?? 0) : '–'];
    }) };
  };
  if (!place.dataset.live) {
    place.dataset.live = 'yes';
    place.addEventListener('pointermove', (event) => {
      const box = place.getBoundingClientRect();
      place.hover = Math.min(box.width - 6, Math.max(46, event.clientX - box.left));
      const at = place.at(place.hover);
      const tip = $('tip');
      tip.replaceChildren(el('div', { class: 'muted' }, time(at.t)), ...at.values.map(([name, value]) => {
        const swatch = el('span', { class: 'swatch' });
        swatch.style.setProperty('--c', colour(name));
        return el('div', {}, swatch, name, el('b', {}, value));
      }));
      tip.hidden = false;
      tip.style.left = `${Math.min(innerWidth - tip.offsetWidth - 8, event.clientX + 14)}px`;
      tip.style.top = `${Math.min(innerHeight - tip.offsetHeight - 8, event.clientY + 14)}px`;
    });
    place.addEventListener('pointerleave', () => { place.hover = undefined; $('tip').hidden = true; });
  }
}

// ---------------------------------------------------------------- what operators do

function confirmed(title, text, yes) {
  $('confirmTitle').textContent = title;
  $('confirmText').textContent = text;
  $('confirmYes').textContent = yes;
  const dialog = $('confirm');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

async function act(what, action) {
  try {
    toast(await action());
  } catch (problem) {
    toast(`${what}: ${problem.message}`, true);
  }
}

async function drain(node) {
  if (await confirmed(`Drain ${node}?`, `Everything ${node} owns moves to the other nodes, and it takes no new sessions until it is undrained. Clients see no error.`, `Drain ${node}`)) {
    await act(`${node} was not drained`, async () => {
      const answer = await send('POST', `cluster/nodes/${encodeURIComponent(node)}/drain`);
      return `${node} drains: ${plural(answer.remaining, 'record')} to move`;
    });
  }
}

function thresholds(now) {
  const form = $('thresholds');
  if (form.contains(document.activeElement) || form.dataset.changed) return;
  for (const [name, value] of Object.entries(now)) form.elements[name].value = value;
}

$('thresholds').addEventListener('input', () => {
  $('thresholds').dataset.changed = 'yes';
  $('thresholds').querySelector('button').disabled = false;
});

$('thresholds').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const values = Object.fromEntries([...form.querySelectorAll('input')].map((input) => [input.name, Number(input.value)]));
  await act('The thresholds have not changed', async () => {
    thresholds(await send('PUT', 'cluster/thresholds', values));
    delete form.dataset.changed;
    form.querySelector('button').disabled = true;
    return 'The thresholds apply to the whole cluster';
  });
});

const undrain = (node) => act(`${node} was not undrained`, async () => {
  await send('DELETE', `cluster/nodes/${encodeURIComponent(node)}/drain`);
  return `${node} serves again`;
});

$('rebalance').addEventListener('click', async () => {
  if (await confirmed('Rebalance the sessions?', 'Sessions move from the nodes that have more to the nodes that have fewer. Each is held for a moment while it moves.', 'Rebalance')) {
    await act('Not rebalanced', async () => {
      try {
        await send('POST', 'cluster/rebalance');
      } catch (problem) {
        throw problem.status === 404 ? new Error('this node has no route for it (POST /cluster/rebalance)') : problem;
      }
      return 'Rebalancing';
    });
  }
});

$('tokenButton').addEventListener('click', () => { sessionStorage.removeItem(TOKEN); location.reload(); });
$('login').addEventListener('cancel', (event) => event.preventDefault());

// ---------------------------------------------------------------- sessions

function owners(nodes) {
  const select = $('owner');
  const names = nodes.map((node) => node.node);
  if (select.dataset.names !== names.join(',')) {
    const chosen = select.value;
    select.dataset.names = names.join(',');
    select.replaceChildren(el('option', { value: '' }, 'all nodes'), ...names.map((name) => el('option', { value: name }, name)));
    select.value = names.includes(chosen) ? chosen : '';
  }
}

async function sessions() {
  const body = $('sessions').tBodies[0];
  if (!latest || body.contains(document.activeElement)) return; // too early, or somebody is choosing
  const owner = $('owner').value;
  const page = await json(`cluster/sessions?limit=100${owner ? `&node=${encodeURIComponent(owner)}` : ''}`);
  const takers = (latest?.metrics.nodes ?? []).filter((node) => node.state === 'serving').map((node) => node.node);
  if (page.sessions.length === 0) {
    body.replaceChildren(el('tr', {}, el('td', { class: 'empty', colspan: 6 }, owner ? `${owner} owns nothing.` : 'No sessions yet. They appear when a client initializes.')));
    return;
  }
  body.replaceChildren(...page.sessions.map((one) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.setProperty('--c', colour(one.owner));
    const move = el('select', { 'aria-label': `Move ${one.id} to`, onchange: () => migrate(one.id, move.value) },
      el('option', { value: '' }, '–'), ...takers.filter((name) => name !== one.owner).map((name) => el('option', { value: name }, name)));
    return el('tr', {},
      el('td', { class: 'id', title: one.id }, one.id),
      el('td', {}, one.kind),
      el('td', {}, el('span', { class: 'name', title: `epoch ${one.epoch}` }, swatch, one.owner)),
      el('td', { title: one.replicas.join(', ') }, `${one.replicasPresent} of ${one.replicasWanted}`),
      el('td', { class: 'muted' }, ago(one.lastAccess)),
      el('td', {}, move));
  }));
}

async function migrate(id, target) {
  document.activeElement?.blur();
  if (target) {
    await act('Not moved', async () => {
      const placed = await send('POST', `cluster/sessions/${encodeURIComponent(id)}/migrate`, { target });
      return `Moved to ${placed.owner}`;
    });
    await sessions();
  }
}

$('owner').addEventListener('change', () => sessions().catch(failed));

// ---------------------------------------------------------------- events

const NAMES = { node_up: 'node up', node_down: 'node down', health: 'health', state: 'state', partition: 'partition', migration: 'migration', failover: 'failover', thresholds: 'thresholds', alert: 'alert', gap: 'gap', dropped: 'dropped' };

function tone(event) {
  const details = event.details ?? {};
  if (event.type === 'node_down') return details.reason === 'left' ? 'warn' : 'bad';
  if (event.type === 'node_up') return 'good';
  if (event.type === 'health') return { healthy: 'good', degraded: 'warn', unhealthy: 'bad' }[details.to] ?? '';
  if (event.type === 'alert') return details.active === false ? 'good' : 'bad';
  if (event.type === 'partition') return details.detected === false ? 'good' : 'bad';
  if (event.type === 'state') return details.to === 'serving' ? 'good' : 'warn';
  return event.type === 'failover' || event.type === 'gap' || event.type === 'dropped' ? 'warn' : '';
}

function showEvent(event) {
  const list = $('events');
  list.querySelector('.none')?.remove();
  list.prepend(el('li', {},
    el('time', { datetime: event.at }, time(event.at)),
    el('span', { class: `kind ${tone(event)}` }, NAMES[event.type] ?? event.type),
    el('span', { class: 'text' }, event.message),
    el('span', { class: 'by' }, event.node ? `seen by ${event.node}` : '')));
  while (list.children.length > 200) list.lastElementChild.remove();
  if (event.type === 'migration' || event.type === 'failover') sessionsSoon();
}

let lastId = null;

/** One connection; returns when it ends. An EventSource could not send the token. */
async function listen() {
  const response = await call(`cluster/events${lastId ? '' : '?recent=100'}`, { headers: lastId ? { 'Last-Event-ID': lastId } : {} });
  if (!response.ok) throw new Refused(response.status, `events: HTTP status ${response.status}`);
  $('eventsState').textContent = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const frames = (rest + value).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) {
      const event = { data: '', type: 'message', id: null };
      for (const line of frame.split('\n')) {
        if (line.startsWith('data: ')) event.data += line.slice(6);
        else if (line.startsWith('event: ')) event.type = line.slice(7);
        else if (line.startsWith('id: ')) event.id = line.slice(4);
      }
      if (event.id) lastId = event.id;
      if (event.data) showEvent({ type: event.type, at: new Date().toISOString(), ...JSON.parse(event.data) });
    }
  }
}

async function events() {
  for (let pause = 500; ; pause = Math.min(10000, pause * 2)) {
    const begun = Date.now();
    try {
      await listen();
    } catch (problem) {
      if (problem instanceof SyntaxError) throw problem;
    }
    if (Date.now() - begun > 5000) pause = 500;
    $('eventsState').textContent = 'not connected, trying again';
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

// ---------------------------------------------------------------- one trace

/** Milliseconds with what is after the third digit, which Date drops. */
function precise(text) {
  const fraction = /\.(\d+)Z?$/.exec(text)?.[1] ?? '0';
  return Math.floor(Date.parse(text) / 1000) * 1000 + Number(`0.${fraction}`) * 1000;
}

function flatten(tree, depth = 0, into = []) {
  if (tree.spanId) into.push({ ...tree, depth, from: precise(tree.start) });
  for (const child of tree.children ?? []) flatten(child, tree.spanId ? depth + 1 : depth, into);
  return into;
}

function waterfall(trace) {
  const spans = flatten(trace.tree);
  const first = Math.min(...spans.map((span) => span.from));
  const last = Math.max(...spans.map((span) => span.from + span.durationMicros / 1000));
  const whole = Math.max(0.001, last - first);
  const summary = el('p', { class: 'summary' },
    el('span', {}, el('b', {}, micros(trace.summary?.durationMicros ?? whole * 1000)), ' in all'),
    el('span', {}, el('b', {}, String(spans.length)), ' spans'),
    el('span', {}, 'on ', el('b', {}, (trace.summary?.nodes ?? [...new Set(spans.map((span) => span.node))]).join(', '))),
    trace.summary?.errors ? el('span', { class: 'unhealthy' }, `${trace.summary.errors} failed`) : null,
    trace.partial ? el('span', { class: 'degraded' }, `incomplete: no answer from ${trace.missing.join(', ')}`) : null);
  const list = el('ol', { 'aria-label': 'Spans, as a waterfall' }, ...spans.map((span) => {
    const swatch = el('span', { class: 'swatch', title: span.node });
    swatch.style.setProperty('--c', colour(span.node));
    const title = el('span', { class: 'title' }, swatch, el('span', { title: span.name }, `${span.name}`, el('span', { class: 'muted' }, ` · ${span.node}`)));
    title.style.setProperty('--depth', span.depth);
    const start = (span.from - first) / whole;
    const length = span.durationMicros / 1000 / whole;
    const bar = el('span', { class: span.error ? 'bar failed' : 'bar' });
    bar.style.left = `${start * 100}%`;
    bar.style.width = `${Math.min(1 - start, length) * 100}%`;
    bar.style.setProperty('--c', colour(span.node));
    const took = el('span', { class: 'took' }, micros(span.durationMicros) + (span.error ? ` · ${span.error}` : ''));
    if (start + length < 0.72) took.style.left = `${(start + length) * 100}%`;
    else took.style.right = `${Math.max(0, 1 - start) * 100}%`;
    const attributes = Object.entries(span.attributes ?? {}).map(([key, value]) => `${key}: ${value}`).join('\n');
    return el('li', { class: 'span', title: attributes }, title, el('span', { class: 'lane' }, bar, took));
  }));
  $('trace').replaceChildren(summary, list);
}

async function showTrace(id) {
  $('trace').replaceChildren(el('p', { class: 'note' }, 'Asking all nodes…'));
  try {
    waterfall(await json(`cluster/traces/${id.toLowerCase()}`));
  } catch (problem) {
    const without = problem.status === 404 && problem.message.includes('no such path');
    $('trace').replaceChildren(el('p', { class: 'note' }, without ? 'This node does not record traces.' : problem.message));
  }
}

async function recentTraces() {
  try {
    const recent = await json('cluster/traces?limit=20');
    $('traceIds').replaceChildren(...recent.traces.map((trace) => el('option', { value: trace.traceId },
      `${trace.root || 'trace'} · ${micros(trace.durationMicros)} · ${trace.nodes.join(', ')}${trace.error ? ' · failed' : ''}`)));
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem; // without traces, there is nothing to choose from
  }
}

$('traceForm').addEventListener('submit', (event) => { event.preventDefault(); showTrace($('traceId').value); });
$('traceId').addEventListener('focus', () => recentTraces().catch(failed));

// ---------------------------------------------------------------- going on

function failed(problem) {
  const box = $('problem');
  box.hidden = false;
  box.firstElementChild.textContent = problem instanceof Refused ? 'This node refuses.' : 'This node does not answer.';
  box.lastElementChild.textContent = problem instanceof Refused ? problem.message : 'The figures below are old. Trying again.';
  $('verdict').className = 'verdict';
  $('verdict').lastElementChild.textContent = 'Not connected';
}

let soon = null;
function sessionsSoon() {
  clearTimeout(soon);
  soon = setTimeout(() => sessions().catch(failed), 300);
}

async function every(millis, action) {
  for (let pause = millis; ;) {
    if (!document.hidden) {
      try {
        await action();
        $('problem').hidden = true;
        pause = millis;
      } catch (problem) {
        failed(problem);
        pause = Math.min(10000, pause * 2);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

$('events').append(el('li', { class: 'none' }, 'Nothing has happened yet.'));
addEventListener('resize', () => { if (latest) draw(); });
every(POLL, poll);
every(4000, sessions);
events();
