-- Steps networks in turn, as fast as answers come: wrk -c 500 -d 30s -s bench/wrk/step.lua URL.
-- NETWORKS names a file with an id in each line, HOST the name that the server goes by.

local ids, last = {}, 0
for id in io.lines(os.getenv("NETWORKS")) do
  ids[#ids + 1] = id
end
wrk.method = "POST"
wrk.body = '{"phase": "iteration"}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Host"] = os.getenv("HOST")

function request()
  last = last % #ids + 1
  return wrk.format(nil, "/api/v1/networks/" .. ids[last] .. "/step")
end

function done(summary, latency, requests)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    '{"answers": %d, "microseconds": %d, "refused": %d, "lost": %d, "p50": %d, "p99": %d, "max": %d}\n',
    summary.requests, summary.duration, errors.status, lost,
    latency:percentile(50), latency:percentile(99), latency.max))
end
