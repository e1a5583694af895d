-- Replaces a marker if it is the one that was seen.
-- KEYS[1]: its key. ARGV[1]: the bytes seen, empty: none. ARGV[2]: the bytes of the next.
-- Returns 1 if it was replaced, else 0.
local held = redis.call('GET', KEYS[1]) or ''
if held ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
