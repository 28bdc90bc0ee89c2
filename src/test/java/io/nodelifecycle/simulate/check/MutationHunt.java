package io.nodelifecycle.simulate.check;

import io.nodelifecycle.invariant.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks for seeds that fail with a fault and pass without. The seed that was remembered is tried
 * first, and usually the only one.
 */
final class MutationHunt {
  private static final int SEEDS = 2_000;

  /** A run takes a fraction of a second; a machine may be busy. */
  private static final int RUN_SECONDS = 120;

  private final MutatedProgram unmutated = MutatedProgram.unmutated();
  private final Map<Long, Boolean> passed = new ConcurrentHashMap<>();
  private final Map<String, Long> remembered;

  /** A hunt that knows seeds of some mutations, by their sentences. */
  MutationHunt(Map<String, Long> remembered) {
    this.remembered = remembered;
  }

  /**
   * What became of a mutation.
   *
   * @param mutation the fault
   * @param seed that fails with it
   * @param how the rule that it breaks then, or otherwise how it shows; nothing if no seed fails
   */
  record Catch(Mutation mutation, long seed, Optional<String> how) {}

  /** Looks for seeds for all of them, several at a time. */
  List<Catch> run(List<Mutation> mutations) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var hunts =
          mutations.stream()
              .<Callable<Catch>>map(mutation -> () -> hunt(mutation))
              .map(threads::submit)
              .toList();
      var catches = new ArrayList<Catch>();
      for (var hunt : hunts) {
        try {
          catches.add(hunt.get());
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
      return catches;
    }
  }

  private Catch hunt(Mutation mutation) throws InterruptedException {
    var program = MutatedProgram.with(mutation);
    var known = remembered.get(mutation.sentence());
    if (known != null) {
      var failures = run(program, known);
      if (isCaught(failures, known)) {
        return new Catch(mutation, known, Optional.of(how(failures.getFirst())));
      }
    }
    for (var seed = 1L; seed <= SEEDS; seed++) {
      var failures = run(program, seed);
      if (isCaught(failures, seed)) {
        return new Catch(mutation, seed, Optional.of(how(failures.getFirst())));
      }
    }
    return new Catch(mutation, 0, Optional.empty());
  }

  /** A seed that fails anyway says nothing about the fault. */
  private boolean isCaught(List<String> failures, long seed) {
    return !failures.isEmpty()
        && passed.computeIfAbsent(seed, unseen -> unmutated.run(unseen).isEmpty());
  }

  private static List<String> run(MutatedProgram program, long seed) throws InterruptedException {
    var run = new FutureTask<>(() -> program.run(seed));
    Thread.ofPlatform().daemon().start(run);
    try {
      return run.get(RUN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return List.of("hang: not done after " + RUN_SECONDS + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String how(String failure) {
    var title = failure.substring(0, Math.max(failure.indexOf(':'), 0));
    var isRule = Arrays.stream(Rule.values()).anyMatch(rule -> rule.title().equals(title));
    if (isRule) {
      return "rule `" + title + "`";
    }
    return switch (title) {
      case "hang", "crash" -> title;
      case "broken" -> "crash";
      default -> "oracle";
    };
  }
}
