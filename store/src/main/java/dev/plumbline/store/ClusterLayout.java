package dev.plumbline.store;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which master of a cluster has which slot, as one look at the cluster found it. Immutable. */
final class ClusterLayout {
  private static final int NOBODY = -1;

  private final List<Master> masters;
  private final int[] owners;

  /**
   * A node that has slots.
   *
   * @param id of the node
   * @param host and port, for people
   * @param anchor the last slot of its longest run of slots: its markers lie there. Whoever moves
   *     slots away, moves the lowest first
   * @param places what keys of its markers end with: of the node itself, then of each of its
   *     replicas, which keep them when they take its place
   */
  record Master(String id, String host, int anchor, List<String> places) {
    private static Master of(RedisClusterNode node, List<RedisClusterNode> all) {
      int anchor = anchor(node.getSlots());
      String tag = tagOf(anchor);
      Stream<String> replicas =
          all.stream()
              .filter(other -> node.getNodeId().equals(other.getSlaveOf()))
              .map(RedisClusterNode::getNodeId)
              .sorted();
      return new Master(
          node.getNodeId(),
          node.getUri().getHost() + ":" + node.getUri().getPort(),
          anchor,
          Stream.concat(Stream.of(node.getNodeId()), replicas)
              .map(id -> ":" + id + ":{" + tag + "}")
              .toList());
    }

    private static int anchor(List<Integer> slots) {
      List<Integer> sorted = slots.stream().sorted().toList();
      int longest = 0;
      int anchor = 0;
      int run = 0;
      for (int i = 0; i < sorted.size(); i++) {
        run = i > 0 && sorted.get(i) == sorted.get(i - 1) + 1 ? run + 1 : 1;
        if (run > longest) {
          longest = run;
          anchor = sorted.get(i);
        }
      }
      return anchor;
    }
  }

  private ClusterLayout(List<Master> masters, int[] owners) {
    this.masters = masters;
    this.owners = owners;
  }

  /** The layout of nodes as they were listed; masters without slots are none. */
  static ClusterLayout of(Iterable<RedisClusterNode> listed) {
    List<RedisClusterNode> nodes = new ArrayList<>();
    listed.forEach(nodes::add);
    List<Master> masters = new ArrayList<>();
    int[] owners = new int[SlotHash.SLOT_COUNT];
    Arrays.fill(owners, NOBODY);
    nodes.stream()
        .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
        .sorted(Comparator.comparing(RedisClusterNode::getNodeId))
        .forEach(
            node -> {
              int number = masters.size();
              node.forEachSlot(slot -> owners[slot] = number);
              masters.add(Master.of(node, nodes));
            });
    return new ClusterLayout(List.copyOf(masters), owners);
  }

  List<Master> masters() {
    return masters;
  }

  /** Which of the masters has this slot, or less than 0 if none has. */
  int ownerOf(int slot) {
    return owners[slot];
  }

  /** The least decimal number whose slot, as the tag of a key, it is. */
  static String tagOf(int slot) {
    for (int number = 0; ; number++) {
      String tag = Integer.toString(number);
      if (SlotHash.getSlot(tag) == slot) {
        return tag;
      }
    }
  }
}
