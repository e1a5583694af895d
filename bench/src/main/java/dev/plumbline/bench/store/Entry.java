package dev.plumbline.bench.store;

/** What Redis holds under one key, or a hash in one field. */
record Entry(byte[] key, byte[] value) {}
