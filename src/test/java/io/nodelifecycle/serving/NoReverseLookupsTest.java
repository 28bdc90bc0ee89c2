package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NoReverseLookupsTest {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** The system knows this one's name without asking anybody. */
  @Test
  void anAddressHasNoNameThatWouldHaveToBeAskedFor() throws UnknownHostException {
    var accepted = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 1);
    assertThat(accepted.getHostName()).isEqualTo("127.0.0.1");
    assertThat(InetAddress.getByAddress(LOOPBACK).getCanonicalHostName()).isEqualTo("127.0.0.1");
  }

  @Test
  void namesHaveTheirAddresses() throws UnknownHostException {
    assertThat(Stream.of(InetAddress.getAllByName("localhost")))
        .allMatch(InetAddress::isLoopbackAddress)
        .contains(InetAddress.getByAddress(LOOPBACK));
  }
}
