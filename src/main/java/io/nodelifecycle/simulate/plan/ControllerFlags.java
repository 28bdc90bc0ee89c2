package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.config.value.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The flags of a controller that is simulated: those of a story, over them those of the command
 * line, over these those of a comparison. They are read by the program's own reader.
 */
public final class ControllerFlags {
  /** Nobody is elected and nothing is served. */
  public static final List<String> ALONE = List.of("--leader-elect=false", "--secure-port=0");

  /** A simulated controller reaches no API server. */
  private static final String NOWHERE = "--master=http://simulated.invalid";

  private final String version;
  private final List<String> common = new ArrayList<>();

  /**
   * The flags that all controllers have in common.
   *
   * @param version of this program
   * @param story by name
   * @param commandLine as they are written there
   */
  public ControllerFlags(String version, Map<String, String> story, List<String> commandLine) {
    this.version = version;
    story.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(flag -> common.add("--" + flag.getKey() + "=" + flag.getValue()));
    common.addAll(commandLine);
  }

  /** What tells the controller with these flags from others. */
  public String title() {
    return common.isEmpty() ? "default flags" : Quoted.plain(String.join(" ", common));
  }

  /** The settings of the controller with these flags. */
  public ParseOutcome settings() {
    return settings(List.of());
  }

  /** The settings of the controller that has these flags besides. */
  public ParseOutcome settings(List<String> more) {
    var flags = new ArrayList<>(common);
    flags.addAll(more);
    flags.add(NOWHERE);
    flags.addAll(ALONE);
    return new CommandLineSettings(version, new SubcommandNames(List.of()))
        .parse(flags, new StartEnvironment(Map.of(), FileSource.disk()));
  }

  /** The words of a text, parted by blanks; within single or double quotes blanks are kept. */
  public static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean isWord = false;
    int quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (quote == 0 && Character.isWhitespace(letter)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else if (letter == quote) {
        quote = 0;
      } else if (quote == 0 && (letter == '\'' || letter == '"')) {
        quote = letter;
        isWord = true;
      } else {
        word.append(letter);
        isWord = true;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }
}
