-- Writes a record unless the one held is of the same or a newer time.
-- KEYS[1]: its key. ARGV[1]: the record. ARGV[2]: milliseconds to keep it, 0: for ever.
-- Returns 1 if it was written, else 0.
--
-- The times are bytes 2 to 25 (from 1), sign bits flipped, so they compare as six unsigned
-- integers of 32 bits: a Lua number is a double and cannot hold 64, a Lua string compares by locale.
local held = redis.pcall('GETRANGE', KEYS[1], 0, 24)
if type(held) == 'string' and #held == 25 and string.byte(held) == string.byte(ARGV[1]) then
  local old = {struct.unpack('>I4I4I4I4I4I4', held, 2)}
  local new = {struct.unpack('>I4I4I4I4I4I4', ARGV[1], 2)}
  local i = 1
  while i < 6 and new[i] == old[i] do
    i = i + 1
  end
  if new[i] <= old[i] then
    return 0
  end
end
if ARGV[2] == '0' then
  redis.call('SET', KEYS[1], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
