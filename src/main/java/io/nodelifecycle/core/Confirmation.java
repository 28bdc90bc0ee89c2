package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Request;

/** What is to become of a request whose turn has come. */
public sealed interface Confirmation {
  /** Not wanted any more. */
  Confirmation DROP = new Drop();

  /**
   * It is wanted, in this form: exactly this has to be sent, and its end observed.
   *
   * @param request what to send
   */
  record Send(Request request) implements Confirmation {}

  /**
   * It is wanted if this read does not say otherwise. The read has to be sent and its end observed;
   * then the write has to be confirmed again.
   *
   * @param read what to send first
   */
  record ReadFirst(ReadNode read) implements Confirmation {}

  /** It is not wanted any more. */
  record Drop() implements Confirmation {}
}
