package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.ValueType;
import io.nodelifecycle.config.value.ValueTypes;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The value types that only settings about servers and Kubernetes names need. */
final class ClusterTypes {
  private static final String JSON = "json";
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern NAMESPACE = Pattern.compile(LABEL);
  private static final Pattern OBJECT_NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");
  private static final String ADDRESS_REMEDY = "give an address such as https://10.0.0.1:6443";

  private ClusterTypes() {}

  /** Address of an API server; credentials in it are refused, they belong into a kubeconfig. */
  static ValueType<Optional<URI>> serverAddress() {
    return ValueTypes.optional(
        "URL", "http or https URL, none if empty", ClusterTypes::parseAddress, URI::toString);
  }

  private static Parsed<URI> parseAddress(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException _) {
      return Parsed.bad("is not a URL", ADDRESS_REMEDY);
    }
    if (address.getScheme() == null
        || !SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))) {
      return Parsed.bad("does not begin with https:// or http://", ADDRESS_REMEDY);
    }
    if (address.getRawUserInfo() != null) {
      return Parsed.bad("has credentials in it", "put them into a kubeconfig (--kubeconfig)");
    }
    if (address.getHost() == null) {
      return Parsed.bad("has no host", ADDRESS_REMEDY);
    }
    return address.getRawQuery() == null && address.getRawFragment() == null
        ? Parsed.good(address)
        : Parsed.bad("has a query or a fragment", ADDRESS_REMEDY);
  }

  /** The wire format, of which there is one. */
  static ValueType<String> contentType() {
    return new ValueType<>(
        "TYPE",
        "json or application/json",
        "anything else; protobuf is not spoken",
        ClusterTypes::parseContentType,
        Function.identity());
  }

  private static Parsed<String> parseContentType(String text) {
    return switch (text) {
      case JSON, "application/json" -> Parsed.good(JSON);
      case "protobuf", "application/vnd.kubernetes.protobuf" ->
          Parsed.bad("is not possible: the client speaks JSON only", "give json or leave it out");
      default -> Parsed.bad("is not a known content type", "give json or leave it out");
    };
  }

  /** Literal IP address to listen on. */
  static ValueType<String> bindAddress() {
    return new ValueType<>(
        "IP",
        "IPv4 or IPv6 address",
        "anything else",
        ClusterTypes::parseBindAddress,
        Function.identity());
  }

  private static Parsed<String> parseBindAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return Parsed.good(text);
    } catch (IllegalArgumentException _) {
      return Parsed.bad("is not an IP address", "give one such as 0.0.0.0, 127.0.0.1 or ::");
    }
  }

  /** Name of a namespace (an RFC 1123 label). */
  static ValueType<String> namespace() {
    return ValueTypes.matching(
            NAMESPACE,
            "NAMESPACE",
            new Parsed.Bad<>(
                "is not a namespace's name",
                "give at most 63 lower-case letters, digits and hyphens"))
        .in("name of a namespace");
  }

  /** Name of an object (an RFC 1123 subdomain). */
  static ValueType<String> objectName() {
    return ValueTypes.matching(
            OBJECT_NAME,
            "NAME",
            new Parsed.Bad<>(
                "is not an object's name",
                "give at most 253 lower-case letters, digits, hyphens and dots"))
        .in("name of an object");
  }

  /** One HTTP path, or the beginning of some with a star behind. */
  static ValueType<String> httpPath() {
    return ValueTypes.matching(
            Pattern.compile("/[!-~&&[^,*]]*\\*?"),
            "PATH,...",
            new Parsed.Bad<>(
                "does not begin with a slash, or has a star that is not at its end",
                "give paths such as /healthz or /livez/*"))
        .in("list of paths");
  }
}
