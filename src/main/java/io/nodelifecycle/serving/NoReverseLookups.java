package io.nodelifecycle.serving;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Finds addresses as the JDK does, and never asks for the name of one.
 *
 * <p>The JDK's server asks for the name of every client before the handshake, and does nothing with
 * it. Where name servers are silent that takes longer than a probe waits, and nobody here has any
 * use for such a name. Found by the JDK through {@code META-INF/services}.
 */
public final class NoReverseLookups extends InetAddressResolverProvider {
  /** Called by the JDK. */
  public NoReverseLookups() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new ForwardOnly(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "no reverse lookups";
  }

  private record ForwardOnly(InetAddressResolver builtin) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return builtin.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      throw new UnknownHostException("names of addresses are not looked up");
    }
  }
}
