package io.nodelifecycle.benchmark;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ListBody;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A page of the list of all pods, each as an API server sends it. */
@State(Scope.Thread)
public class PodListBenchmark {
  private static final int PODS = 500;
  private static final int NODES = 100;
  private static final Instant WALL = Instant.parse("2030-01-01T00:00:00Z");

  private final byte[] page = page(resource("pod.json")).getBytes(StandardCharsets.UTF_8);
  private final SharedValues values = new SharedValues(false);

  private static String page(String pod) {
    return IntStream.range(0, PODS)
        .mapToObj(index -> pod.replace("{pod}", "p" + index).replace("{node}", "" + index % NODES))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[",
                "]}"));
  }

  private static String resource(String name) {
    try (InputStream in = PodListBenchmark.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Benchmark
  @OperationsPerInvocation(PODS)
  @Operation("read a pod of a list, 5 KB")
  public void pod(Blackhole seen) {
    try (var json = JsonCursor.over(new ByteArrayInputStream(page))) {
      var mapper = ResourceMapper.of(Resource.PODS, json, values);
      json.nextDocument();
      ListBody.read(json, () -> read(mapper, seen));
    }
  }

  private static void read(ResourceMapper mapper, Blackhole seen) {
    mapper.read();
    seen.consume(mapper.seen(true, WALL).orElseThrow());
  }
}
