package io.nodelifecycle.simulate;

/** What {@code simulate --help} prints. */
final class SimulateHelp {
  static final String TEXT =
      """
      Usage: node-lifecycle-controller simulate [--option=value ...] [controller flags]

      Shows what the controller's flags would do to a cluster in an outage: the real controller,
      in virtual time, on a cluster in memory. Nothing is changed anywhere.

      The cluster:
        --snapshot=FILE          what kubectl get nodes,pods -A -o json (or yaml) wrote; repeatable
        --from-cluster           read it from an API server; --kubeconfig, --context and --master
                                 say which, as for the controller itself
        --nodes=N                else a cluster is made up: number of nodes (default 100)
        --zones=N                number of zones, called eu-1a, eu-1b and so on (default 3)
        --pods-per-node=N        number of pods on each node (default 30)

      The outage; TIME counts from the beginning, as in 90s, 10m or 1h30m:
        --story=FILE             as the sandbox plays them; docs/sandbox.md describes the format
        --kill-zone=ZONE@TIME    all machines of a zone stop
        --kill-nodes=WHICH@TIME  30% of all, 12 of all, or node-1,node-2: some machines stop
        --heal@TIME              what the kill before it stopped runs again; without one: everything
        --heal=NAME@TIME         the same of a zone, a node, or everything
        --api-down=SPAN@TIME     for so long nobody reaches the API server
        --length=SPAN            how long it all takes (default: as the story says, else 1h)
        --seed=N                 what is chosen at random follows from it (default 1)
        --heartbeat-interval=SPAN  how often kubelets renew their leases (default 10s)

      The controller: any of its flags (node-lifecycle-controller --help lists them), and
        --compare="FLAGS"        the same outage again, with these flags besides; repeatable

      The results:
        --timeline=short|all     what happened many times as one line, or everything (default short)
        --report=FILE            charts and tables as one HTML file
        --json=FILE              everything as JSON; - for standard output, with nothing else there
        --help                   show this

      Exit code: 0 if it ran, 2 for unusable options, clusters or stories.
      """;

  private SimulateHelp() {}
}
