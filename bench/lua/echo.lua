-- tools/call echo in either era. Environment: ERA (legacy or modern); SESSIONS, a file with one
-- session id a line, taken in rotation (legacy); METHOD=tools/list asks for that instead (legacy).

local era = os.getenv("ERA")
local list = os.getenv("METHOD") == "tools/list"
local expected = list and '"tools":[' or "lazy dog"
local headers = {
  ["content-type"] = "application/json",
  ["accept"] = "application/json, text/event-stream",
}
local requests = {}
local turn = 0

local function body(id, meta)
  if list then
    return '{"jsonrpc":"2.0","id":' .. id .. ',"method":"tools/list","params":{}}'
  end
  return '{"jsonrpc":"2.0","id":' .. id .. ',"method":"tools/call","params":{"name":"echo",'
    .. '"arguments":{"message":"The quick brown fox jumps over the lazy dog"}' .. meta .. '}}'
end

function init(args)
  if era == "modern" then
    headers["mcp-protocol-version"] = "2026-07-28"
    headers["mcp-method"] = "tools/call"
    headers["mcp-name"] = "echo"
    local meta = ',"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",'
      .. '"io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},'
      .. '"io.modelcontextprotocol/clientCapabilities":{}}'
    for id = 1, 100 do
      requests[id] = wrk.format("POST", nil, headers, body(id, meta))
    end
  else
    headers["mcp-protocol-version"] = "2025-11-25"
    local id = 0
    for session in io.lines(os.getenv("SESSIONS")) do
      id = id + 1
      headers["mcp-session-id"] = session
      requests[id] = wrk.format("POST", nil, headers, body(id, ""))
    end
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

-- CHECK=1 looks into each answer: a slower load, but one that knows that the right thing is measured.
wrong = 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("wrong", 0)
end

if os.getenv("CHECK") == "1" then
  function response(status, _, text)
    if status ~= 200 or not string.find(text, expected, 1, true) then
      wrong = wrong + 1
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
    + errors.status
  for _, thread in ipairs(threads) do
    failed = failed + thread:get("wrong")
  end
  io.write(string.format("mcp-node requests=%d micros=%d errors=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99)))
end
