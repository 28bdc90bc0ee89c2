package io.nodelifecycle.serving;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.nodelifecycle.serving.tls.ServerTls;
import io.nodelifecycle.serving.tls.UnusableFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secure port. It is opened on a thread of its own, while the lists are on their way; each
 * connection has a thread from its first byte to its end, and serves one request.
 */
public final class SecurePort implements Opening {
  private static final Logger LOGGER = LoggerFactory.getLogger(SecurePort.class);
  private static final int BACKLOG = 1024;

  private final InetSocketAddress address;
  private final Contents contents;
  private final FutureTask<HttpsServer> opening = new FutureTask<>(this::open);
  private final ClientShares shares =
      new ClientShares(PortBounds.REQUESTS_MAX, PortBounds.REQUESTS_OF_ADDRESS_MAX);
  private final TimedRequests requests = new TimedRequests(PortBounds.REQUEST_SECONDS_MAX, shares);
  private volatile Optional<HttpsServer> server = Optional.empty();

  /** Makes what the port serves. */
  @FunctionalInterface
  public interface Contents {
    /**
     * Called once, on the port's thread.
     *
     * @throws UnusableFileException if a file that belongs to it cannot be used
     */
    Served make() throws UnusableFileException;
  }

  /**
   * A port that is closed.
   *
   * @param bindAddress a literal IP address
   * @param port 1 to 65535
   */
  public SecurePort(String bindAddress, int port, Contents contents) {
    this.address = new InetSocketAddress(InetAddress.ofLiteral(bindAddress), port);
    this.contents = contents;
  }

  /** Begins to open it; to be called once. */
  public void start() {
    Thread.ofPlatform().daemon().name("secure-port").start(opening);
  }

  private HttpsServer open() throws ServingException {
    PortBounds.apply();
    Served served;
    try {
      served = contents.make();
    } catch (UnusableFileException e) {
      throw new ServingException(e.getMessage());
    }
    var made = listening();
    made.setHttpsConfigurator(new Configurator(ServerTls.context(served.identity()), shares));
    made.createContext("/", handler(served));
    made.setExecutor(requests);
    server = Optional.of(made);
    made.start();
    LOGGER
        .atInfo()
        .addKeyValue("address", made.getAddress())
        .addKeyValue("certificate", served.identity().source())
        .log("the secure port is open");
    return made;
  }

  private static HttpHandler handler(Served served) {
    return new GuardedPages(served.authenticator(), served.authorizer(), served.pages());
  }

  private HttpsServer listening() throws ServingException {
    try {
      return HttpsServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new ServingException(
          "the secure port cannot listen on "
              + address
              + ": "
              + e.getMessage()
              + "; end what uses it, or choose another with --secure-port or --bind-address");
    }
  }

  @Override
  public void await() throws ServingException, InterruptedException {
    try {
      opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServingException refused) {
        throw refused;
      }
      throw new IllegalStateException("the secure port could not be opened", e.getCause());
    }
  }

  /** Closes it at once; requests under way are cut. */
  @Override
  public void close() {
    // In this order: the server waits for whoever writes to a client that does not read.
    requests.close();
    server.ifPresent(each -> each.stop(0));
  }

  private static final class Configurator extends HttpsConfigurator {
    private final ClientShares shares;

    Configurator(SSLContext context, ClientShares shares) {
      super(context);
      this.shares = shares;
    }

    /** Called once for each connection, on its thread, before anything of size is made for it. */
    @Override
    public void configure(HttpsParameters parameters) {
      if (!shares.enter(parameters.getClientAddress().getAddress())) {
        throw new IllegalStateException("too many requests are under way: the connection ends");
      }
      parameters.setSSLParameters(ServerTls.parameters(getSSLContext()));
    }
  }
}
