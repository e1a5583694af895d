-- Replaces a marker if it is the one that was seen, and the server has reigned since then.
-- KEYS[1]: its key. KEYS[i]: that of a server which may take this one's place; all of one slot.
-- ARGV[1]: the bytes seen, empty: none. ARGV[2]: the reign (master_replid) of when records began to
-- be written. ARGV[2 + i]: the bytes of the next under KEYS[i].
-- Returns 1 if it was replaced, 0 if it is another, -1 if the reign is.
local held = redis.call('GET', KEYS[1]) or ''
if held ~= ARGV[1] then
  return 0
end
local reign = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)') or ''
if reign ~= ARGV[2] then
  return -1
end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 + i])
end
return 1
