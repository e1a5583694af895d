package dev.plumbline.store;

import java.util.List;

/**
 * One server that has keys of its own: a Redis, or a master of a cluster.
 *
 * @param id that no other has
 * @param places what the keys of its markers end with: its own, then those of whoever may take its
 *     place
 */
record RedisNode(String id, RedisConnection connection, List<String> places) {
  /** A Redis that is no cluster: its markers bear their plain names. */
  static RedisNode alone(RedisConnection connection) {
    return new RedisNode("", connection, List.of(""));
  }

  List<byte[]> markerKeys(RecordKeys keys) {
    return places.stream().map(keys::marker).toList();
  }

  /**
   * Under which name it has been the only writer of its data without a break: it changes when the
   * server is restarted and when a replica takes its place.
   */
  String reign() {
    String info = connection.call(redis -> redis.info("replication"));
    return info.lines()
        .filter(line -> line.startsWith(REIGN))
        .map(line -> line.substring(REIGN.length()).strip())
        .findFirst()
        .orElse("");
  }

  private static final String REIGN = "master_replid:";
}
