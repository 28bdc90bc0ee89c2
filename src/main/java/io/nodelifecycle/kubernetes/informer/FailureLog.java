package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.SaidBefore;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what goes wrong with one resource: each cause once, then at most once a minute. */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

  private final Resource resource;
  private final SaidBefore said;

  FailureLog(Resource resource, TimeSource time) {
    this.resource = resource;
    this.said = new SaidBefore(time);
  }

  void retried(String reason, Duration retryIn) {
    if (said.isNews(reason)) {
      LOG.atWarn()
          .addKeyValue("resource", resource.plural())
          .addKeyValue("reason", reason)
          .addKeyValue("retryIn", retryIn)
          .log("the API server cannot be followed and is tried again");
    }
  }

  void skipped(String object, String problem) {
    if (said.isNews("skipped " + object)) {
      LOG.atWarn()
          .addKeyValue("resource", resource.plural())
          .addKeyValue("object", object)
          .addKeyValue("problem", problem)
          .log("a malformed object is ignored");
    }
  }

  void deaf(Duration gap) {
    LOG.atWarn()
        .addKeyValue("resource", resource.plural())
        .addKeyValue("gap", gap)
        .log("the watch had gone deaf and was opened anew");
  }

  void wentBack(String from, String to) {
    LOG.atWarn()
        .addKeyValue("resource", resource.plural())
        .addKeyValue("seen", from)
        .addKeyValue("now", to)
        .log(
            "the cluster's version is older than what was seen, as after etcd was restored from a"
                + " backup: everything is listed anew");
  }

  void quiet(Duration quietFor) {
    LOG.atDebug()
        .addKeyValue("resource", resource.plural())
        .addKeyValue("quietFor", quietFor)
        .log("the watch was quiet and is opened anew");
  }

  void listed(int objects) {
    LOG.atInfo()
        .addKeyValue("resource", resource.plural())
        .addKeyValue("objects", objects)
        .log("listed");
  }

  void unanswered() {
    if (said.isNews("unanswered")) {
      LOG.atWarn()
          .addKeyValue("resource", resource.plural())
          .log(
              "the watch is quiet and the API server does not say what has happened;"
                  + " nothing is concluded from silence until it does or the watch delivers");
    }
  }

  /** Causes said before the connection worked again are news if they return. */
  void restored(Duration gap) {
    said.forget();
    LOG.atInfo()
        .addKeyValue("resource", resource.plural())
        .addKeyValue("gap", gap)
        .log("the watch delivers again");
  }
}
