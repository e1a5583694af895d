package dev.plumbline.store;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which master of a cluster has which slot, as one look at the cluster found it. Immutable. */
final class ClusterLayout {
  private static final int NOBODY = -1;

  /** As many slots, spread evenly, in which markers may lie. */
  private static final int ANCHORS = 16;

  private static final List<String> ANCHOR_TAGS =
      IntStream.range(0, ANCHORS).mapToObj(i -> tagOf(anchor(i))).toList();

  private final List<Master> masters;
  private final int[] owners;

  /**
   * A node that has slots.
   *
   * @param id of the node
   * @param places what keys of its markers end with: for each of its anchors, that of the last one
   *     first, the node's own, then of each of its replicas, which keep them when they take its
   *     place
   */
  record Master(String id, List<List<String>> places) {
    private static Master of(RedisClusterNode node, List<RedisClusterNode> all) {
      Stream<String> replicas =
          all.stream()
              .filter(other -> node.getNodeId().equals(other.getSlaveOf()))
              .map(RedisClusterNode::getNodeId)
              .sorted();
      List<String> ids = Stream.concat(Stream.of(node.getNodeId()), replicas).toList();
      return new Master(
          node.getNodeId(), tags(node).stream().map(tag -> places(ids, tag)).toList());
    }

    private static List<String> places(List<String> ids, String tag) {
      return ids.stream().map(id -> ":" + id + ":{" + tag + "}").toList();
    }

    /** Of a node's anchors; of its last slot if it has none. */
    private static List<String> tags(RedisClusterNode node) {
      List<String> tags =
          IntStream.rangeClosed(1, ANCHORS)
              .map(i -> ANCHORS - i)
              .filter(i -> node.hasSlot(anchor(i)))
              .mapToObj(ANCHOR_TAGS::get)
              .toList();
      return tags.isEmpty()
          ? List.of(tagOf(node.getSlots().stream().max(Comparator.naturalOrder()).orElseThrow()))
          : tags;
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

  private static int anchor(int number) {
    return SlotHash.SLOT_COUNT / ANCHORS * (number + 1) - 1;
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
