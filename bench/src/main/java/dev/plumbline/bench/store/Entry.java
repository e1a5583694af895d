package dev.plumbline.bench.store;

/** What Redis holds under one key. */
record Entry(byte[] key, byte[] value) {}
