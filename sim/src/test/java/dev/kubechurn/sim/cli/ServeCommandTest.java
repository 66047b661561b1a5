package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code serve} says, writes and refuses; what it serves is tested by its clients. */
final class ServeCommandTest {

    @TempDir
    private Path directory;

    private final CapturedTerminal terminal = new CapturedTerminal();

    @Test
    void saysHowToReachItAndStopsByItself() throws Exception {
        Path manifest = Files.writeString(directory.resolve("app.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: team}
                data: {k: v}
                """);
        assertThat(terminal.execute(
                        "serve",
                        "--duration=50ms",
                        "--update-rate=5/s",
                        "--faults=" + faults(),
                        "--manifests",
                        manifest,
                        "--out",
                        directory.resolve("out")))
                .as(terminal.err())
                .isZero();

        Path kubeconfig = directory.resolve("out/kubeconfig");
        Matcher address = Pattern.compile("mock API server on (http://127\\.0\\.0\\.1:\\d+)/\n")
                .matcher(terminal.out());
        assertThat(address.find()).as(terminal.out()).isTrue();
        assertThat(terminal.out())
                .contains("1 objects of the manifests", "updates of ConfigMaps: 5/s, seed 1", "dropWatches")
                .contains("kubectl --kubeconfig " + kubeconfig + " get configmaps -A");
        assertThat(kubeconfig)
                .content()
                .contains("server: \"" + address.group(1) + "\"")
                .doesNotContain("token");
    }

    private Path faults() throws Exception {
        return Files.writeString(directory.resolve("faults.yaml"), """
                apiVersion: kubechurn.dev/v1
                kind: Scenario
                metadata: {name: faults, description: x}
                spec:
                  faults:
                  - {every: 10s, dropWatches: {fraction: 50%}}
                """);
    }

    @Test
    void withTlsItsKubeconfigIsForItsOwnerAlone() throws Exception {
        assertThat(terminal.execute("serve", "--tls", "--quiet", "--duration=1ms", "--out", directory))
                .isZero();

        Path kubeconfig = directory.resolve("kubeconfig");
        assertThat(terminal.out()).isEqualTo(kubeconfig + "\n");
        assertThat(kubeconfig)
                .content()
                .contains("server: \"https://127.0.0.1:", "certificate-authority-data: ")
                .containsPattern("token: [0-9a-f]{48}");
        assertThat(Files.getPosixFilePermissions(kubeconfig))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port=70000          | --port 70000 is out of range
            --bind=0.0.0.0        | --bind 0.0.0.0 is reachable from other machines: add --tls
            --bind=no such host   | is not an address of this machine
            --update-rate=5       | --update-rate 5 is not a rate; write it like 10/s
            --update-rate=999999/s | is out of range
            --duration=soon       | --duration soon is not a duration
            --manifests=/no/such  | /no/such
            --faults=soak         | affects kubelets, but kubechurn serve has none
            --faults=no-such      | no-such
            """)
    void whatCannotBeIsToldInOneLine(String argument, String complaint) {
        assertThat(terminal.execute("serve", argument, "--out", directory)).isEqualTo(2);
        assertThat(terminal.err()).contains(complaint).hasLineCount(1);
        assertThat(directory.resolve("kubeconfig")).doesNotExist();
    }

    @Test
    void aPortInUseIsTheEnvironmentsFault() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(terminal.execute("serve", "--port=" + taken.getLocalPort(), "--out", directory))
                    .isEqualTo(3);
            assertThat(terminal.err())
                    .contains("port " + taken.getLocalPort() + " is in use")
                    .hasLineCount(1);
        }
    }
}
