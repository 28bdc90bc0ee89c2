package io.nodelifecycle.serving.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives each handshake the certificate of the moment. A handshake asks several times; the alias
 * that it is given first stands for the same certificate until it is over.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  /** A handshake lasts some seconds at most, a certificate at least ten. */
  private static final int KEPT = 3;

  private final ServerIdentity identity;
  private final Map<String, KeyMaterial> byAlias = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  ServerKeys(ServerIdentity identity) {
    this.identity = identity;
  }

  @Override
  public synchronized @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    var current = identity.current();
    var isOfType = keyType.equals(current.chain().getFirst().getPublicKey().getAlgorithm());
    return isOfType ? alias(current) : null;
  }

  private String alias(KeyMaterial current) {
    var latest = Long.toString(count.get());
    if (current.equals(byAlias.get(latest))) {
      return latest;
    }
    var alias = Long.toString(count.incrementAndGet());
    byAlias.put(alias, current);
    byAlias.remove(Long.toString(count.get() - KEPT));
    return alias;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var material = byAlias.get(alias);
    return material == null ? null : material.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var material = byAlias.get(alias);
    return material == null ? null : material.key();
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
