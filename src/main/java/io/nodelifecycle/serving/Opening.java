package io.nodelifecycle.serving;

/** Something that is being opened on another thread, and has to be open before anything acts. */
public interface Opening extends AutoCloseable {
  /** Nothing has to be opened. */
  Opening NONE =
      new Opening() {
        @Override
        public void await() {}

        @Override
        public void close() {}
      };

  /**
   * Returns when it is open.
   *
   * @throws ServingException if it cannot be opened
   */
  void await() throws ServingException, InterruptedException;

  @Override
  void close();
}
