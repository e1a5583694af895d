package dev.plumbline.store;

import java.util.List;

/**
 * One server that has keys of its own: a Redis, or a master of a cluster.
 *
 * @param id that no other has
 * @param places what the keys of its markers end with, in each slot in which they lie: its own,
 *     then those of whoever may take its place. The first slot counts, the others are for when that
 *     moves away
 */
record RedisNode(String id, RedisConnection connection, List<List<String>> places) {
  private static final String REIGN = "master_replid:";

  /** A Redis that is no cluster: its markers bear their plain names. */
  static RedisNode alone(RedisConnection connection) {
    return new RedisNode("", connection, List.of(List.of("")));
  }

  List<List<byte[]>> markerKeys(RecordKeys keys) {
    return places.stream().map(slot -> slot.stream().map(keys::marker).toList()).toList();
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
}
