package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that talks to one API server. Thread-safe. */
public final class KubernetesConnection implements AutoCloseable {
  private final ClientConfigs.Found found;
  private final ApiTransport transport;
  private final List<ApiTransport> ofElections = new CopyOnWriteArrayList<>();
  private final TimeSource time;
  private final RequestObserver observer;

  private KubernetesConnection(ClientConfigs.Found found, TimeSource time, RequestObserver observer)
      throws ConnectionException {
    this.found = found;
    this.time = time;
    this.observer = observer;
    this.transport = transport();
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
    var found = configs.find("node-lifecycle-controller/" + version);
    return new KubernetesConnection(found, time, observer);
  }

  private ApiTransport transport() throws ConnectionException {
    var config = found.config();
    try {
      var builder = new JdkHttpClientFactory().newBuilder(config);
      if (!found.hasPlugin()) {
        builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Credentials(config));
      }
      return new ApiTransport(builder.build(), config.getMasterUrl(), time, observer);
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

  /**
   * A part in the election of the one process that acts; not started yet. It has connections of its
   * own: of one that has died nobody knows before its next request has failed, and where many lie
   * idle as an outage leaves, a leader would try one after the other until its time is over. Here
   * there is one at most, and after a failure none.
   *
   * @throws ConnectionException if the credentials have become unusable
   */
  public LeaderElection election(ElectionPolicy policy) throws ConnectionException {
    var own = transport();
    ofElections.add(own);
    return new LeaderElection(policy, own, time);
  }

  /** Informers of these that are not started yet; to be closed before this connection. */
  public Informers informers(ObservationSink sink, QuietLimits limits, Set<Resource> resources) {
    return new Informers(transport, sink, time, limits, resources);
  }

  @Override
  public void close() {
    transport.close();
    ofElections.forEach(ApiTransport::close);
  }
}
