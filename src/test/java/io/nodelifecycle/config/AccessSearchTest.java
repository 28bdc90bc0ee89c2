package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AccessSearchTest {
  private static final Map<String, String> POD =
      Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443");
  private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
  private static final String REMEDY = "; name one with --kubeconfig=FILE";
  private static final URI ADDRESS = URI.create("http://a:1");

  @Test
  void takesTheKubeconfigThatWasGiven() {
    var files = new MemoryFiles().with("/k", "").with(TOKEN, "t").with("/home/.kube/config", "");

    assertThat(found(POD, files, "--kubeconfig=/k", "--context=c", "--master=http://a:1"))
        .isEqualTo(
            new ClusterAccess.Kubeconfig(
                List.of(Path.of("/k")), Optional.of("c"), Optional.of(ADDRESS)));
  }

  @Test
  void refusesAGivenKubeconfigThatIsNotThereWhateverElseIs() {
    var files = new MemoryFiles().with(TOKEN, "t");

    assertThat(refused(POD, files, "--kubeconfig=/k", "--master=http://a:1"))
        .containsExactly("--kubeconfig=/k: does not exist; name a readable kubeconfig");
  }

  @Test
  void takesTheServiceAccountInACluster() {
    var files = new MemoryFiles().with(TOKEN, "t").with("/home/.kube/config", "");
    var variables = new HashMap<>(POD);
    variables.put("HOME", "/home");

    assertThat(found(variables, files)).isEqualTo(new ClusterAccess.ServiceAccount());
  }

  @Test
  void leavesTheServiceAccountWhereAnAddressOrAContextIsGiven() {
    var files = new MemoryFiles().with(TOKEN, "t");

    assertThat(found(POD, files, "--master=http://a:1"))
        .isEqualTo(new ClusterAccess.Anonymous(ADDRESS));
    assertThat(refused(POD, files, "--context=c"))
        .containsExactly(
            "--kubeconfig (not given): no access to a cluster found: $KUBECONFIG is not set,"
                + " $HOME is not set"
                + REMEDY);
  }

  @Test
  void takesTheListedFilesThatAreThere() {
    var files = new MemoryFiles().with("/b", "").with("/c", "").with("/home/.kube/config", "");

    assertThat(found(Map.of("KUBECONFIG", "/a:/b::/c", "HOME", "/home"), files))
        .isEqualTo(
            new ClusterAccess.Kubeconfig(
                List.of(Path.of("/b"), Path.of("/c")), Optional.empty(), Optional.empty()));
  }

  @Test
  void takesTheFileInTheHomeFolderLast() {
    var files = new MemoryFiles().with("/home/.kube/config", "");

    assertThat(found(Map.of("KUBECONFIG", "", "HOME", "/home"), files, "--context=c"))
        .isEqualTo(
            new ClusterAccess.Kubeconfig(
                List.of(Path.of("/home/.kube/config")), Optional.of("c"), Optional.empty()));
  }

  @Test
  void saysWhereItLooked() {
    assertThat(refused(Map.of("HOME", "/home"), new MemoryFiles()))
        .containsExactly(
            "--kubeconfig (not given): no access to a cluster found: not in a cluster"
                + " ($KUBERNETES_SERVICE_HOST is not set), $KUBECONFIG is not set,"
                + " /home/.kube/config does not exist"
                + REMEDY);
    assertThat(refused(Map.of("KUBECONFIG", "/a:/b", "HOME", "/home"), new MemoryFiles()))
        .containsExactly(
            "--kubeconfig (not given): no access to a cluster found: not in a cluster"
                + " ($KUBERNETES_SERVICE_HOST is not set), /a does not exist, /b does not exist"
                + REMEDY);
    assertThat(refused(POD, new MemoryFiles()))
        .containsExactly(
            "--kubeconfig (not given): no access to a cluster found: "
                + TOKEN
                + " does not exist, $KUBECONFIG is not set, $HOME is not set"
                + REMEDY);
  }

  private static ClusterAccess found(
      Map<String, String> variables, FileSource files, String... arguments) {
    return switch (parse(variables, files, arguments)) {
      case ParseOutcome.Run run -> run.settings().cluster().access();
      case ParseOutcome.Refused refused -> throw new AssertionError(refused.text());
      case ParseOutcome.Help help -> throw new AssertionError(help.text());
    };
  }

  private static List<String> refused(
      Map<String, String> variables, FileSource files, String... arguments) {
    return switch (parse(variables, files, arguments)) {
      case ParseOutcome.Refused refused -> refused.problems().stream().map(Problem::text).toList();
      case ParseOutcome.Run run -> throw new AssertionError(run.settings().toString());
      case ParseOutcome.Help help -> throw new AssertionError(help.text());
    };
  }

  private static ParseOutcome parse(
      Map<String, String> variables, FileSource files, String... arguments) {
    var all = new ArrayList<>(List.of("--leader-elect=false", "--secure-port=0"));
    all.addAll(List.of(arguments));
    return new CommandLineSettings("1", CommandLines.SUBCOMMANDS)
        .parse(all, new StartEnvironment(variables, files));
  }
}
