package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between a client and a server: passes bytes on, whatever they mean, and can be cut
 * one way, the other still open. Who sends into a cut is not told: no connection is refused, reset
 * or ended.
 */
public final class TcpRelay implements AutoCloseable {
  private static final int CHUNK_BYTES = 16_384;
  private static final int CONNECT_MILLIS = 5_000;

  private final URI server;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Way, Fate> cuts = new EnumMap<>(Way.class);
  private final AtomicInteger accepted = new AtomicInteger();
  private boolean isClosed;

  /** Which way bytes go. */
  public enum Way {
    TO_SERVER,
    TO_CLIENT
  }

  /** What becomes of bytes that are sent into a cut. */
  public enum Fate {
    /** They arrive when it is over, as TCP sends them again. */
    DELAYED,
    /**
     * They never do, and what its connection sends later that way does not either: what stood
     * between has forgotten it.
     */
    LOST
  }

  private TcpRelay(URI server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** Starts one before this server; everything passes. */
  public static TcpRelay start(URI server) {
    try {
      var listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
      var relay = new TcpRelay(server, listener);
      Thread.ofVirtual().name("relay").start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a relay", e);
    }
  }

  /** The address to reach the server by, of the same scheme. */
  public URI address() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** From now on nothing arrives that is sent this way. */
  public synchronized void cut(Way way, Fate fate) {
    cuts.put(way, fate);
  }

  /** From now on everything arrives, but on connections that lost something. */
  public synchronized void heal() {
    cuts.clear();
    notifyAll();
  }

  /** All connections that are open now fall silent for ever; those opened later are fine. */
  public void forgetConnections() {
    connections.forEach(Connection::forget);
  }

  /** How many connections clients have opened so far. */
  public int accepted() {
    return accepted.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().name("relay connection").start(() -> connect(client));
      }
    } catch (IOException _) {
      // Closed.
      return;
    }
  }

  private void connect(Socket client) {
    var upstream = new Socket();
    try {
      upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
      new Connection(client, upstream).open();
    } catch (IOException _) {
      // As if nothing listened here either.
      close(client);
      close(upstream);
    }
  }

  /** Waits while what is sent this way is delayed; whether it is lost then. */
  private synchronized boolean awaitFate(Way way) {
    try {
      while (cuts.get(way) == Fate.DELAYED && !isClosed) {
        wait();
      }
      return cuts.get(way) == Fate.LOST;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection", e);
    }
  }

  /** Ends everything. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end a relay", e);
    }
    connections.forEach(Connection::end);
  }

  /** One connection of a client, and the one to the server that stands for it. */
  private final class Connection {
    private final Socket client;
    private final Socket upstream;
    private final AtomicInteger ended = new AtomicInteger();

    /** The ways on which something was lost, so that nothing arrives any more. */
    private final Set<Way> silent = EnumSet.noneOf(Way.class);

    Connection(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void open() {
      connections.add(this);
      Thread.ofVirtual().start(() -> pass(client, upstream, Way.TO_SERVER));
      Thread.ofVirtual().start(() -> pass(upstream, client, Way.TO_CLIENT));
    }

    synchronized void forget() {
      silent.addAll(EnumSet.allOf(Way.class));
    }

    /** Whether what was just sent this way arrives. */
    private boolean arrives(Way way) {
      var isLost = awaitFate(way);
      synchronized (this) {
        if (isLost) {
          silent.add(way);
        }
        return !silent.contains(way);
      }
    }

    private void pass(Socket from, Socket to, Way way) {
      var chunk = new byte[CHUNK_BYTES];
      for (var count = read(from, chunk); count >= 0; count = read(from, chunk)) {
        if (arrives(way)) {
          write(to, chunk, count, way);
        }
      }
      if (arrives(way)) {
        endOf(to);
      }
    }

    /** Who has gone is not sent anything; that it has is the other way's to tell. */
    private void write(Socket to, byte[] chunk, int count, Way way) {
      try {
        to.getOutputStream().write(chunk, 0, count);
      } catch (IOException _) {
        synchronized (this) {
          silent.add(way);
        }
      }
    }

    /** What has arrived there already is not taken back. */
    private void endOf(Socket to) {
      if (ended.incrementAndGet() == Way.values().length) {
        end();
        return;
      }
      try {
        to.shutdownOutput();
      } catch (IOException _) {
        end();
      }
    }

    /** A reset is an end: neither server nor client waits for more on such a connection. */
    private static int read(Socket from, byte[] chunk) {
      try {
        return from.getInputStream().read(chunk);
      } catch (IOException _) {
        return -1;
      }
    }

    void end() {
      connections.remove(this);
      close(client);
      close(upstream);
    }
  }
}
