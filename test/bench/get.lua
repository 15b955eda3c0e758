-- Reads the payments of a list, one after the other. BENCH_PAYMENTS names the list.
local paths = {}
for key in io.open(os.getenv("BENCH_PAYMENTS")):read("a"):gmatch("(%S+) %S+\n") do
  paths[#paths + 1] = "/v1/payments/" .. key
end
local sent = 0
local headers = { ["authorization"] = os.getenv("BENCH_AUTHORIZATION") }

function request()
  sent = sent % #paths + 1
  return wrk.format("GET", paths[sent], headers)
end
