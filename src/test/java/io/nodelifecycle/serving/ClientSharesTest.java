package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClientSharesTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("2001:db8::1");
  private static final InetAddress THIRD = InetAddress.ofLiteral("192.0.2.3");

  private final ClientShares shares = new ClientShares(4, 3);
  private final ExecutorService first = Executors.newSingleThreadExecutor();
  private final ExecutorService second = Executors.newSingleThreadExecutor();
  private final ExecutorService third = Executors.newSingleThreadExecutor();
  private final ExecutorService fourth = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    first.close();
    second.close();
    third.close();
    fourth.close();
  }

  private boolean enter(ExecutorService thread, InetAddress address) throws Exception {
    return thread.submit(() -> shares.enter(address)).get();
  }

  private void leave(ExecutorService thread) throws Exception {
    Future<?> left = thread.submit(shares::leave);
    left.get();
  }

  @Test
  void oneAddressHasItsShareAndNoMore() throws Exception {
    assertThat(enter(first, ONE)).isTrue();
    assertThat(enter(second, ONE)).isTrue();
    assertThat(enter(third, ONE)).isTrue();
    assertThat(enter(fourth, ONE)).isFalse();
    assertThat(enter(fourth, OTHER)).isTrue();
    leave(fourth);
    assertThat(enter(fourth, ONE)).isFalse();
    leave(fourth);
    leave(first);
    assertThat(enter(fourth, ONE)).isTrue();
  }

  @Test
  void allTogetherHaveAShareToo() throws Exception {
    enter(first, ONE);
    enter(second, ONE);
    enter(third, OTHER);
    enter(fourth, THIRD);
    assertThat(shares.enter(THIRD)).isFalse();
    leave(second);
    leave(second);
    assertThat(shares.enter(THIRD)).isTrue();
    leave(first);
    leave(third);
    leave(fourth);
    assertThat(enter(first, ONE)).isTrue();
    assertThat(enter(second, ONE)).isTrue();
    assertThat(enter(third, ONE)).isTrue();
  }
}
