package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.ServerIdentity;
import dev.kubechurn.sim.manifests.ManifestException;
import dev.kubechurn.sim.manifests.Manifests;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.ServedCluster;
import dev.kubechurn.sim.scenario.Durations;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Rate;
import dev.kubechurn.sim.scenario.ScenarioException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves the mock API server alone, for kubectl and any other client, until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Run only the mock API server, for kubectl or any other client, until Ctrl-C.",
            "It stores ConfigMaps, Secrets, Namespaces, Pods, Services and Nodes, but runs no pods."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn serve --manifests app/ --update-rate 5/s",
            "  kubechurn serve --tls --port 6443 --out out/serve",
            "  kubectl --kubeconfig out/serve/kubeconfig get configmaps -A -w"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ServeCommand implements Callable<Integer> {

    static final String KUBECONFIG = "kubeconfig";

    private static final int MAX_PORT = 65_535;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "Port; default: 0, any free port.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on; default: 127.0.0.1. Any address other than loopback needs --tls.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--tls",
            description = "Use HTTPS with a new certificate, and require a token for every request; both are in the"
                    + " kubeconfig.")
    private boolean tls;

    @Option(
            names = "--manifests",
            paramLabel = "PATH",
            description = "File or directory with ConfigMaps and Secrets to load at start; may be repeated.")
    private List<Path> manifests = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of updates and faults; default: 1.")
    private long seed = 1;

    @Option(
            names = "--update-rate",
            paramLabel = "RATE",
            description = "Rate of updates of random ConfigMaps, such as 5/s or 10/m; default: none.")
    private String updateRate = "0/s";

    @Option(
            names = "--faults",
            paramLabel = "SCENARIO",
            description = "Scenario that defines the server faults to inject.")
    private @Nullable String faults;

    @Option(names = "--duration", paramLabel = "D", description = "Stop after this time, such as 5m.")
    private @Nullable String duration;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory for the kubeconfig; default: out/serve.")
    private Path out = Path.of("out", "serve");

    @Option(names = "--quiet", description = "Print only the path of the kubeconfig.")
    private boolean quiet;

    ServeCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ManifestException, ScenarioException {
        InetAddress address = address();
        if (port < 0 || port > MAX_PORT) {
            throw refused("--port " + port + " is out of range: use 1 to " + MAX_PORT + ", or 0 for any free port");
        }
        Duration lasting = lasting();
        List<HasMetadata> objects =
                manifests.isEmpty() ? List.of() : Manifests.read(manifests).objects();
        Rate rate = rate();
        List<Fault> struck = struck();
        Access access = access(address);
        CountDownLatch over = new CountDownLatch(1);
        interruption.calls(over::countDown);
        try (ServedCluster served = ServedCluster.start(
                new ServedCluster.Settings(address, port, access, objects, seed, rate.perSecond(), struck))) {
            Path kubeconfig = out.resolve(KUBECONFIG);
            ServerIdentity identity = access.identity();
            new Kubeconfig(served.url(), identity == null ? null : identity.certificatePem(), access.token())
                    .write(kubeconfig);
            tell(served, kubeconfig, objects.size(), struck);
            served.onFailure(over::countDown);
            boolean interrupted = over.await(lasting.toNanos(), TimeUnit.NANOSECONDS);
            served.failure().ifPresent(failure -> {
                throw new EnvironmentException(
                        "the server ends, because an update or a fault failed: " + failure.getMessage(), failure);
            });
            return (interrupted ? ExitCode.INTERRUPTED : ExitCode.FINE).code();
        }
    }

    private void tell(ServedCluster served, Path kubeconfig, int objects, List<Fault> struck) {
        if (quiet) {
            terminal.out().println(kubeconfig);
        } else {
            terminal.out().println("mock API server on " + served.url() + (tls ? ", with a token" : ""));
            if (objects > 0) {
                terminal.out().println("  " + objects + " objects of the manifests");
            }
            if (!updateRate.startsWith("0/")) {
                terminal.out().println("  updates of ConfigMaps: " + updateRate + ", seed " + seed);
            }
            if (!struck.isEmpty()) {
                terminal.out().println("  faults: " + Fault.text(struck));
            }
            terminal.out().println("  metrics: " + served.url() + "metrics");
            terminal.out().println("try: kubectl --kubeconfig " + kubeconfig + " get configmaps -A");
            terminal.out().println(duration == null ? "stop with Ctrl-C" : "stops by itself after " + duration);
        }
        terminal.out().flush();
    }

    private InetAddress address() {
        InetAddress address;
        try {
            address = InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw refused("--bind " + bind + " is not an address of this machine");
        }
        if (!address.isLoopbackAddress() && !tls) {
            throw refused(
                    "--bind " + bind + " is reachable from other machines: add --tls, which also requires a token");
        }
        return address;
    }

    private Access access(InetAddress address) throws IOException, InterruptedException {
        if (!tls) {
            return Access.OPEN;
        }
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return new Access(ServerIdentity.selfSigned(address), HexFormat.of().formatHex(secret));
    }

    private Duration lasting() {
        if (duration == null) {
            return Duration.ofDays(36_500);
        }
        try {
            return Durations.parse(duration);
        } catch (IllegalArgumentException e) {
            throw refused("--duration " + duration + " " + e.getMessage());
        }
    }

    private Rate rate() {
        try {
            return Rate.parse(updateRate);
        } catch (IllegalArgumentException e) {
            throw refused("--update-rate " + updateRate + " " + e.getMessage());
        }
    }

    private List<Fault> struck() throws ScenarioException {
        return faults == null
                ? List.of()
                : PreparedRun.scenario(faults, Overrides.of(List.of())).spec().faults();
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }
}
