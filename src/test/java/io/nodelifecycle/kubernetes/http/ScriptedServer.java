package io.nodelifecycle.kubernetes.http;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server that answers one request after the other as its script says, down to where a
 * connection is cut. When the script is over, answers never come.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final ServerSocket listener;
  private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final List<Socket> connections = new ArrayList<>();

  /** A request as it arrived. */
  public record Request(String method, String path, List<String> headers) {}

  /** How one request is answered. */
  @FunctionalInterface
  public interface Step {
    /** Writes the answer; the connection is closed afterwards unless it is held. */
    void answer(Answer answer) throws IOException, InterruptedException;
  }

  /** Listens on a free port of the loopback interface. */
  public ScriptedServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A transport to this server. */
  public ApiTransport transport(TimeSource time) {
    return transport(address(), time);
  }

  /** A transport to this server that is observed. */
  public ApiTransport transport(TimeSource time, RequestObserver observer) {
    return transport(address(), time, observer);
  }

  /** A transport to any server. */
  public static ApiTransport transport(String address, TimeSource time) {
    return transport(address, time, RequestObserver.NONE);
  }

  static ApiTransport transport(String address, TimeSource time, RequestObserver observer) {
    return transport(config(address), time, observer);
  }

  /** A transport to any server whose certificate this authority, as PEM, has signed. */
  public static ApiTransport transport(String address, String authority, TimeSource time) {
    var bytes = authority.getBytes(StandardCharsets.US_ASCII);
    var config = config(address).withCaCertData(Base64.getEncoder().encodeToString(bytes));
    return transport(config, time, RequestObserver.NONE);
  }

  private static ApiTransport transport(
      ConfigBuilder config, TimeSource time, RequestObserver observer) {
    var built = config.build();
    var client = new JdkHttpClientFactory().newBuilder(built).build();
    return new ApiTransport(client, built.getMasterUrl(), time, observer);
  }

  private static ConfigBuilder config(String address) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(address)
        .withRequestRetryBackoffLimit(0)
        .withHttp2Disable(true);
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Answers the next request like this. */
  public ScriptedServer then(Step step) {
    script.add(step);
    return this;
  }

  /** The next request that arrived. */
  public Request request() throws InterruptedException {
    var request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** Whether a request has arrived that was not taken. */
  public boolean hasRequest() {
    return !requests.isEmpty();
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        synchronized (connections) {
          connections.add(socket);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var first = lines.readLine();
      if (first == null) {
        return;
      }
      var headers = new ArrayList<String>();
      for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
        headers.add(line);
      }
      var parts = first.split(" ", -1);
      // First the answer: who waits for the request may send another.
      var step = script.poll();
      requests.add(new Request(parts[0], parts[1], headers));
      var answer = new Answer(socket);
      if (step == null) {
        answer.hold();
      } else {
        step.answer(answer);
      }
    } catch (IOException _) {
      // The client went away.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      synchronized (connections) {
        for (var connection : connections) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One answer in the making. */
  public static final class Answer {
    private final Socket socket;
    private final OutputStream out;

    Answer(Socket socket) throws IOException {
      this.socket = socket;
      out = socket.getOutputStream();
    }

    /** A complete answer. */
    public void complete(int code, String body, String... headers) throws IOException {
      complete(code, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** A complete answer. */
    public void complete(int code, byte[] bytes, String... headers) throws IOException {
      var head = new StringBuilder("HTTP/1.1 " + code + " X\r\nConnection: close\r\n");
      head.append("Content-Type: application/json\r\n");
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
      for (var header : headers) {
        head.append(header).append("\r\n");
      }
      send((head + "\r\n").getBytes(StandardCharsets.UTF_8));
      send(bytes);
    }

    /** The head of an answer in chunks. */
    public Answer begin(String... headers) throws IOException {
      var head =
          """
          HTTP/1.1 200 OK
          Connection: close
          Content-Type: application/json
          Transfer-Encoding: chunked
          """;
      var lines = head + String.join("\n", headers) + (headers.length > 0 ? "\n\n" : "\n");
      send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** A chunk. */
    public Answer chunk(String text) throws IOException {
      return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A chunk. */
    public Answer chunk(byte[] bytes) throws IOException {
      send((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      send(bytes);
      send("\r\n".getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** The orderly end of an answer in chunks. */
    public void end() throws IOException {
      send("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing more, until the client goes away. */
    public void hold() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // Whatever a client says now is not answered.
      }
    }

    private void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }
  }
}
