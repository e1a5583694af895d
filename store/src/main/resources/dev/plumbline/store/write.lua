-- Writes records, each unless the one held is of the same or a newer time.
-- KEYS[i]: its key. ARGV[2i - 1]: the record. ARGV[2i]: milliseconds to keep it, 0: for ever.
-- Returns how many were written.
--
-- A record begins with a byte whose low six bits are its format; what has another is replaced.
-- The times are bytes 2 to 24 (from 1), sign bits flipped, so they compare as unsigned integers of
-- 32 bits: a Lua number is a double and cannot hold 64, a Lua string compares by locale. There are
-- 23 bytes, so the last integer begins in the one before, with a byte that is equal by then.
local function replaces(record, held)
  if type(held) ~= 'string' or #held ~= 24 or string.byte(held) % 64 ~= string.byte(record) % 64 then
    return true
  end
  for at = 2, 18, 4 do
    local new, old = struct.unpack('>I4', record, at), struct.unpack('>I4', held, at)
    if new ~= old then
      return new > old
    end
  end
  return struct.unpack('>I4', record, 21) > struct.unpack('>I4', held, 21)
end

local function set(key, record, life, ...)
  if life == '0' then
    return redis.call('SET', key, record, ...)
  end
  return redis.call('SET', key, record, 'PX', life, ...)
end

-- Where nothing was held under the key before, a first load probably, one command does instead of two.
local empty = false
local written = 0
for i, key in ipairs(KEYS) do
  local record, life = ARGV[2 * i - 1], ARGV[2 * i]
  if empty and set(key, record, life, 'NX') then
    written = written + 1
  else
    local held = redis.pcall('GETRANGE', key, 0, 23)
    empty = held == ''
    if replaces(record, held) then
      set(key, record, life)
      written = written + 1
    end
  end
end
return written
