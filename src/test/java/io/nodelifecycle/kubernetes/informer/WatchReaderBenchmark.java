package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.benchmark.Operation;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import io.nodelifecycle.runtime.SystemTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The watch of leases, whose events come more often than all others together. */
@State(Scope.Thread)
public class WatchReaderBenchmark {
  private static final Instant WALL = Instant.parse("2030-01-01T00:00:00Z");
  private static final String EVENT =
      """
      {"type":"MODIFIED","object":{"kind":"Lease","apiVersion":"coordination.k8s.io/v1",\
      "metadata":{"name":"ip-10-0-17-204.eu-central-1.compute.internal",\
      "namespace":"kube-node-lease","uid":"0c6e5d2e-5f0e-4f0b-9a39-3b8b2a6f1f7d",\
      "resourceVersion":"184467231","creationTimestamp":"2029-11-02T08:15:42Z",\
      "ownerReferences":[{"apiVersion":"v1","kind":"Node",\
      "name":"ip-10-0-17-204.eu-central-1.compute.internal",\
      "uid":"7f4c1b90-93c8-4f0e-8d0b-52d1a2f3c9e4"}],\
      "managedFields":[{"manager":"kubelet","operation":"Update",\
      "apiVersion":"coordination.k8s.io/v1","time":"2029-12-31T23:59:58Z",\
      "fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:ownerReferences":{".":{},\
      "k:{\\"uid\\":\\"7f4c1b90-93c8-4f0e-8d0b-52d1a2f3c9e4\\"}":{}}},\
      "f:spec":{"f:holderIdentity":{},"f:leaseDurationSeconds":{},"f:renewTime":{}}}}]},\
      "spec":{"holderIdentity":"ip-10-0-17-204.eu-central-1.compute.internal",\
      "leaseDurationSeconds":40,"renewTime":"2029-12-31T23:59:58.123456Z"}}}
      """;

  private final byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
  private final BodyStream stream = BodyStream.complete(List.of(event), new SystemTime());
  private final WatchReader reader =
      new WatchReader(ResourcePath.of(Resource.LEASES), new SharedValues(false), stream);

  @Benchmark
  @Operation("read an event of the watch of leases, 1 KB")
  public Optional<Observation> lease() {
    stream.unread(event);
    if (!reader.next() || reader.object().problem().isPresent()) {
      throw new IllegalStateException("no lease in " + EVENT);
    }
    return reader.object().seen(false, WALL);
  }
}
