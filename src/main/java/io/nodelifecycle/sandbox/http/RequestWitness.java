package io.nodelifecycle.sandbox.http;

import io.nodelifecycle.sandbox.http.ObjectAnswers.Reply;
import java.util.function.Supplier;

/** Looks on while requests are carried out. Called by many threads at once. */
@FunctionalInterface
public interface RequestWitness {
  /** Does not look. */
  RequestWitness NONE = (_, action) -> action.get();

  /**
   * Has a request carried out that is no watch.
   *
   * @param action carries it out, once, and says what is answered
   * @return what is answered
   * @throws io.nodelifecycle.sandbox.resource.ApiFailure if it is refused, as the action says
   */
  Reply carryOut(SentRequest request, Supplier<Reply> action);
}
