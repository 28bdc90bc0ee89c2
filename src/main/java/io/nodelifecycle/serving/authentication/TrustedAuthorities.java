package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.serving.review.Caller;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;

/** Authorities whose client certificates are believed, and what these say. */
record TrustedAuthorities(List<X509Certificate> certificates) {
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final int INTERMEDIATES_MAX = 5;

  /** Takes a copy. */
  TrustedAuthorities {
    certificates = List.copyOf(certificates);
  }

  boolean isEmpty() {
    return certificates.isEmpty();
  }

  /**
   * Whom a client certificate stands for: its common name is the user, its organizations are the
   * groups. Empty if none of these authorities answers for it at this time of day, if it is not for
   * clients, or names nobody.
   *
   * @param chain the client's certificate first, then others that may lead to an authority
   */
  Optional<Caller> caller(List<X509Certificate> chain, Instant wallClock) {
    var anchors =
        certificates.stream()
            .filter(authority -> isValid(authority, wallClock))
            .filter(TrustedAuthorities::isForClients)
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    return !anchors.isEmpty() && isConfirmed(chain, anchors, wallClock)
        ? subject(chain.getFirst())
        : Optional.empty();
  }

  private static boolean isValid(X509Certificate certificate, Instant wallClock) {
    return wallClock.isBefore(certificate.getNotAfter().toInstant())
        && !wallClock.isBefore(certificate.getNotBefore().toInstant());
  }

  /**
   * Whether it may vouch for clients, directly or not: what is limited to other purposes limits all
   * below it, as for the reference. Java looks at the client's own certificate only.
   */
  private static boolean isForClients(X509Certificate certificate) {
    try {
      var purposes = certificate.getExtendedKeyUsage();
      return purposes == null
          || purposes.contains(CLIENT_AUTHENTICATION)
          || purposes.contains(ANY_PURPOSE);
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  private static boolean isConfirmed(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant wallClock) {
    try {
      var wanted = new X509CertSelector();
      wanted.setCertificate(chain.getFirst());
      wanted.setExtendedKeyUsage(Set.of(CLIENT_AUTHENTICATION));
      var parameters = new PKIXBuilderParameters(anchors, wanted);
      var links = chain.stream().filter(TrustedAuthorities::isForClients).toList();
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(links)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(wallClock));
      parameters.setMaxPathLength(INTERMEDIATES_MAX);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException | IOException _) {
      return false;
    }
  }

  private static Optional<Caller> subject(X509Certificate certificate) {
    var name = "";
    var groups = new ArrayList<String>();
    try {
      for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        var attributes = part.toAttributes().getAll();
        while (attributes.hasMore()) {
          var attribute = attributes.next();
          var value = attribute.get() instanceof String text ? text : "";
          switch (attribute.getID()) {
            case "CN" -> name = value;
            case "O" -> groups.add(value);
            default -> {
              // Nobody's business.
            }
          }
        }
      }
    } catch (NamingException _) {
      return Optional.empty();
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(new Caller(name, groups).recognized());
  }
}
