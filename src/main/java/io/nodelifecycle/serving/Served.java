package io.nodelifecycle.serving;

import io.nodelifecycle.serving.authentication.Authenticator;
import io.nodelifecycle.serving.authorization.Authorizer;
import io.nodelifecycle.serving.tls.ServerIdentity;

/**
 * What the secure port serves, and to whom.
 *
 * @param identity what it proves itself with
 * @param authenticator says who calls
 * @param authorizer says whether that is allowed
 * @param pages what there is
 */
public record Served(
    ServerIdentity identity, Authenticator authenticator, Authorizer authorizer, Pages pages) {}
