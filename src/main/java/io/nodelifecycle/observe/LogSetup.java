package io.nodelifecycle.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where log records go and what they look like; called once, before anything is logged. */
public final class LogSetup {
  /** From this verbosity on, everything is logged that this program has to say. */
  private static final int VERBOSITY_DEBUG = 4;

  /** From this verbosity on, stack traces and what libraries have to say. */
  private static final int VERBOSITY_TRACE = 6;

  private static final int DAYS_KEPT = 30;
  private static final String RECORD =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %msg%replace( %kvp){'^ $',''}";

  private final LoggerContext context;
  private final int verbosity;
  private final boolean isJson;

  private LogSetup(LoggerContext context, int verbosity, boolean isJson) {
    this.context = context;
    this.verbosity = verbosity;
    this.isJson = isJson;
  }

  /**
   * Sets logging up.
   *
   * @param verbosity {@code -v}: 0 and 1 only warnings, 2 and 3 changes of state, 4 details, 6 and
   *     more everything
   * @param isJson one JSON object per record instead of a line of text
   * @param folder where one file per day is written besides standard error; empty for none
   * @throws IOException if the folder cannot be written to; the message says why
   */
  public static void apply(int verbosity, boolean isJson, Optional<Path> folder)
      throws IOException {
    var setup = new LogSetup(context(), verbosity, isJson);
    setup.levels();
    setup.attach(setup.console());
    if (folder.isPresent()) {
      setup.attach(setup.files(writable(folder.get())));
    }
  }

  /** Sends everything to one file, as text, and nothing to standard error. */
  public static void applyToFile(int verbosity, Path file) {
    var setup = new LogSetup(context(), verbosity, false);
    setup.levels();
    var appender = new ch.qos.logback.core.FileAppender<ILoggingEvent>();
    appender.setFile(file.toString());
    appender.setEncoder(setup.encoder());
    setup.attach(appender);
  }

  private static LoggerContext context() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      return context;
    }
    throw new IllegalStateException("logging is not done by logback");
  }

  private static Path writable(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException exception) {
      throw new IOException("cannot create the folder " + folder, exception);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("the folder " + folder + " is not writable");
    }
    return folder;
  }

  private void levels() {
    var ours =
        verbosity >= VERBOSITY_TRACE
            ? Level.TRACE
            : verbosity >= VERBOSITY_DEBUG ? Level.DEBUG : verbosity >= 2 ? Level.INFO : Level.WARN;
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .setLevel(verbosity >= VERBOSITY_TRACE ? Level.DEBUG : Level.WARN);
    context.getLogger("io.nodelifecycle").setLevel(ours);
    // Our own code reports what fails in there, with what to do about it.
    context
        .getLogger("io.fabric8")
        .setLevel(verbosity >= VERBOSITY_TRACE ? Level.DEBUG : Level.ERROR);
    // Headers, credentials among them, are never logged.
    context.getLogger("jdk.httpclient").setLevel(Level.WARN);
  }

  private void attach(Appender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  private Appender<ILoggingEvent> console() {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setTarget("System.err");
    appender.setEncoder(encoder());
    return appender;
  }

  private Appender<ILoggingEvent> files(Path folder) {
    var appender = new RollingFileAppender<ILoggingEvent>();
    var policy = new TimeBasedRollingPolicy<ILoggingEvent>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(
        folder.resolve("node-lifecycle-controller.%d{yyyy-MM-dd, UTC}.log").toString());
    policy.setMaxHistory(DAYS_KEPT);
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setEncoder(encoder());
    return appender;
  }

  private Encoder<ILoggingEvent> encoder() {
    return isJson ? json() : text();
  }

  private Encoder<ILoggingEvent> json() {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithThrowable(verbosity >= VERBOSITY_TRACE);
    encoder.start();
    return encoder;
  }

  private Encoder<ILoggingEvent> text() {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(RECORD + (verbosity >= VERBOSITY_TRACE ? "%n%ex" : "%n%nopex"));
    encoder.start();
    return encoder;
  }
}
