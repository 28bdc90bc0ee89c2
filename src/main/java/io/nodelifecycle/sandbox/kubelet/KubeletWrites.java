package io.nodelifecycle.sandbox.kubelet;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.kubernetes.mapping.Timestamps;
import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.kubelet.FakeKubelet.PodDuty;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.FieldSelector;
import io.nodelifecycle.sandbox.resource.LabelSelector;
import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.List;

/**
 * The writes of machines. What a machine writes into an object is of its own clock; {@code wall} is
 * the API server's.
 */
final class KubeletWrites {
  private final SandboxCluster cluster;

  /** Many machines write at the same time: it is put into letters once. */
  private Instant writtenTime = Instant.MIN;

  private String written = "";

  KubeletWrites(SandboxCluster cluster) {
    this.cluster = cluster;
  }

  void register(String name, Zone zone, Instant wall) {
    cluster.create(ResourceType.NODES, "", NodeObjects.node(name, zone), wall);
  }

  void postStatus(FakeKubelet kubelet, Instant wall) {
    var clock = kubelet.clock(wall);
    quietly(() ->
        cluster.modify(
            ObjectRef.node(kubelet.node()),
            Part.STATUS,
            node -> NodeObjects.withStatus(node, kubelet.address(), kubelet.reported(), clock),
            wall));
  }

  /** Renews the lease, or creates it if it is not there but the node is. */
  void renewLease(FakeKubelet kubelet, Instant wall) {
    var ref = kubelet.lease();
    var clock = kubelet.clock(wall);
    quietly(() -> {
      var renewed = cluster.renewLease(ref, micros(clock), wall);
      if (renewed.isEmpty() && cluster.find(ObjectRef.node(kubelet.node())).isPresent()) {
        cluster.create(ref.type(), ref.namespace(), NodeObjects.lease(kubelet.node(), clock), wall);
      }
    });
  }

  private String micros(Instant time) {
    if (!time.equals(writtenTime)) {
      writtenTime = time;
      written = Timestamps.formatMicros(time);
    }
    return written;
  }

  /** Ends a pod, if it is still the one that is meant. */
  void endPod(PodDuty duty, Instant wall) {
    quietly(() -> cluster.delete(duty.ref(), DeleteOptions.NOW.withUid(duty.uid()), wall));
  }

  /**
   * Starts a pod, if it is still the one that is meant.
   *
   * @param address the address that it gets if it has none
   */
  void startPod(FakeKubelet kubelet, PodDuty duty, String address, Instant wall) {
    var clock = kubelet.clock(wall);
    if (cluster.find(duty.ref()).filter(pod -> pod.uid().equals(duty.uid())).isPresent()) {
      quietly(() ->
          cluster.modify(
              duty.ref(),
              Part.STATUS,
              pod -> PodObjects.running(pod, address, kubelet.address(), clock),
              wall));
    }
  }

  /** Removes a node and what is left of it, as pod garbage collection does. */
  void removeNode(String name, Instant wall) {
    quietly(() -> cluster.delete(ObjectRef.node(name), DeleteOptions.NOW, wall));
    quietly(() -> cluster.delete(ObjectRef.nodeLease(name), DeleteOptions.NOW, wall));
    for (var pod : podsOn(name)) {
      quietly(() -> cluster.delete(pod.ref(), DeleteOptions.NOW, wall));
    }
  }

  /** The pods that are bound to a node, in the order of their keys. */
  List<StoredObject> podsOn(String node) {
    var fields = FieldSelector.parse(ResourceType.PODS, "spec.nodeName=" + node);
    var query = new ListQuery(ResourceType.PODS, "", new ObjectFilter(LabelSelector.ALL, fields));
    return cluster.list(query, PageRequest.ALL).items();
  }

  /** Somebody else was faster: the next event or the next round tells what to do instead. */
  private static void quietly(Runnable write) {
    try {
      write.run();
    } catch (ApiFailure overtaken) {
      if (overtaken.code() >= 500) {
        throw overtaken;
      }
    }
  }
}
