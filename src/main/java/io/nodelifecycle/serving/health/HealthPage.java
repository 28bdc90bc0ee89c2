package io.nodelifecycle.serving.health;

import io.nodelifecycle.serving.Answer;
import io.nodelifecycle.serving.Page;
import io.nodelifecycle.serving.PageRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A page of checks: all of them, or one of them below its path. {@code verbose} asks for a line for
 * each, {@code exclude=NAME} leaves one out. Why a check warns or fails is told on its own path,
 * and where all are shown only to who may know.
 */
public final class HealthPage implements Page {
  private static final int GOOD = 200;
  private static final int BAD = 500;

  private final String title;
  private final Supplier<List<HealthCheck>> checks;

  /**
   * A page.
   *
   * @param title its path without the slash
   * @param checks asked for with each request
   */
  public HealthPage(String title, Supplier<List<HealthCheck>> checks) {
    this.title = title;
    this.checks = checks;
  }

  @Override
  public Answer answer(PageRequest request) {
    var prefix = "/" + title;
    var rest = request.path().substring(prefix.length());
    return rest.isEmpty() || rest.equals("/") ? all(request) : one(rest.substring(1));
  }

  private Answer all(PageRequest request) {
    var all = checks.get();
    var names = all.stream().map(HealthCheck::name).collect(Collectors.toSet());
    var excluded = request.parameter("exclude");
    var report = HealthReport.of(title, all, excluded);
    if (report.isGood() && !request.isVerbose()) {
      return Answer.text(GOOD, report.brief());
    }
    Set<String> unmatched = new HashSet<>(excluded);
    unmatched.removeAll(names);
    return Answer.text(
        report.isGood() ? GOOD : BAD,
        report.verbose(excluded, unmatched, request.mayKnowReasons()));
  }

  private Answer one(String name) {
    Optional<HealthCheck> check =
        checks.get().stream().filter(each -> each.name().equals(name)).findFirst();
    if (check.isEmpty()) {
      return Answer.text(404, "there is no check of that name\n");
    }
    return switch (check.get().verdict().get()) {
      case Verdict.Failed(var reason) ->
          Answer.text(BAD, "internal server error: " + reason + "\n");
      case Verdict.Passed(var detail) ->
          Answer.text(GOOD, detail.isEmpty() ? "ok" : "ok (" + detail + ")");
      case Verdict.Warned(var reason) -> Answer.text(GOOD, "ok (warning: " + reason + ")");
    };
  }
}
