package io.nodelifecycle.kubernetes.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** The body of a request, which is read only if it may still leave. */
final class GuardedBody extends BlockStream {
  private final byte[] bytes;
  private final InputStream unread;
  private final BooleanSupplier mayLeave;

  GuardedBody(String text, BooleanSupplier mayLeave) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.unread = new ByteArrayInputStream(bytes);
    this.mayLeave = mayLeave;
  }

  /** In bytes. */
  long length() {
    return bytes.length;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!mayLeave.getAsBoolean()) {
      throw new IOException("leadership was lost before the request could be sent");
    }
    return unread.read(target, offset, length);
  }
}
