package dev.plumbline.bench.online;

import dev.plumbline.store.RedisAddress;

/** What lies in Redis, where, and since when. */
record Served(RedisAddress redis, ServedProject project, Population population, Times times) {}
