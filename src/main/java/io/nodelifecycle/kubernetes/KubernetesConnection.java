package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.election.ElectionPolicy;
import io.nodelifecycle.kubernetes.election.LeaderElection;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.informer.Informers;
import io.nodelifecycle.kubernetes.informer.QuietLimits;
import io.nodelifecycle.kubernetes.reader.ListPages;
import io.nodelifecycle.kubernetes.reader.LiveReader;
import io.nodelifecycle.kubernetes.review.AccessReviewer;
import io.nodelifecycle.kubernetes.review.AuthorityReader;
import io.nodelifecycle.kubernetes.review.TokenReviewer;
import io.nodelifecycle.kubernetes.writer.KubernetesWriter;
import io.nodelifecycle.runtime.ApiReader;
import io.nodelifecycle.runtime.ApiWriter;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.ObservationSink;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.review.AccessReviews;
import io.nodelifecycle.serving.review.ClusterAuthorities;
import io.nodelifecycle.serving.review.TokenReviews;
import java.util.Set;

/** Everything that talks to one API server. Thread-safe. */
public final class KubernetesConnection implements AutoCloseable {
  private final ApiTransport transport;

  /**
   * For the election alone. Of a connection that has died nobody knows before its next request has
   * failed; where that many lie idle as an outage leaves, a leader would try one after the other
   * until its time is over. Here there is one at most, and after a failure none.
   */
  private final ApiTransport ofElection;

  private final TimeSource time;

  private KubernetesConnection(ApiTransport transport, ApiTransport ofElection, TimeSource time) {
    this.transport = transport;
    this.ofElection = ofElection;
    this.time = time;
  }

  /**
   * Prepares to talk to an API server; contacts nothing yet (an exec plugin of a kubeconfig is
   * run).
   *
   * @param version of this program, for the user agent
   * @param time the clocks
   * @param observer told of every request
   * @throws ConnectionException if the address, the kubeconfig or the certificates are unusable
   */
  public static KubernetesConnection open(
      ApiServerAddress address, String version, TimeSource time, RequestObserver observer)
      throws ConnectionException {
    var configs = new ClientConfigs(address, ClientConfigs.SERVICE_ACCOUNT, time);
    var config = configs.find("node-lifecycle-controller/" + version);
    var server = config.getMasterUrl();
    return new KubernetesConnection(
        new ApiTransport(client(config), server, time, observer),
        new ApiTransport(client(config), server, time, observer),
        time);
  }

  private static HttpClient client(Config config) throws ConnectionException {
    try {
      return new JdkHttpClientFactory().newBuilder(config).build();
    } catch (RuntimeException e) {
      throw new ConnectionException(
          "the credentials for " + config.getMasterUrl() + " are unusable: " + Causes.innermost(e));
    }
  }

  /** The API server's address, for people. */
  public String server() {
    return transport.server();
  }

  /**
   * Sends writes.
   *
   * @param leadership without it, none leaves
   * @param resources what is followed besides: it says what is kept of the answers
   */
  public ApiWriter writer(Leadership leadership, Set<Resource> resources) {
    return new KubernetesWriter(
        transport, time, leadership, resources.contains(Resource.DAEMON_SETS));
  }

  /** Sends live reads. */
  public ApiReader reader() {
    return new LiveReader(transport, time);
  }

  /** Asks whom tokens belong to. */
  public TokenReviews tokenReviews() {
    return new TokenReviewer(transport);
  }

  /** Asks who may use which path. */
  public AccessReviews accessReviews() {
    return new AccessReviewer(transport);
  }

  /** Reads which authorities the cluster believes about client certificates. */
  public ClusterAuthorities clusterAuthorities() {
    return new AuthorityReader(transport);
  }

  /** Lists as they are sent. */
  public ListPages pages() {
    return new ListPages(transport);
  }

  /** A part in the election of the one process that acts; not started yet. */
  public LeaderElection election(ElectionPolicy policy) {
    return new LeaderElection(policy, ofElection, time);
  }

  /** Informers of these that are not started yet; to be closed before this connection. */
  public Informers informers(ObservationSink sink, QuietLimits limits, Set<Resource> resources) {
    return new Informers(transport, sink, time, limits, resources);
  }

  @Override
  public void close() {
    transport.close();
    ofElection.close();
  }
}
