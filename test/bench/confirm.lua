-- Confirms each payment of a list once. BENCH_PAYMENTS names the list: paymentKey and orderId, one payment a line.
local payments = {}
for key, order in io.open(os.getenv("BENCH_PAYMENTS")):read("a"):gmatch("(%S+) (%S+)\n") do
  payments[#payments + 1] = '{"paymentKey":"' .. key .. '","orderId":"' .. order .. '","amount":15000}'
end
local sent = 0
local headers = { ["content-type"] = "application/json", ["authorization"] = os.getenv("BENCH_AUTHORIZATION") }

function request()
  sent = sent % #payments + 1
  return wrk.format("POST", "/v1/payments/confirm", headers, payments[sent])
end
