package dev.kubechurn.sim.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {

    private static final String CONTAINER = "{containers: [{name: c, image: i}]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            apps/v1       | Deployment  | {replicas: 3, template: {spec: %s}}                         | 3 | false
            apps/v1       | Deployment  | {template: {spec: %s}}                                      | 1 | false
            apps/v1       | StatefulSet | {replicas: 0, template: {spec: %s}}                         | 0 | false
            apps/v1       | ReplicaSet  | {replicas: null, template: {spec: %s}}                      | 1 | false
            apps/v1       | DaemonSet   | {template: {spec: %s}}                                      | 7 | true
            batch/v1      | Job         | {parallelism: 5, completions: 2, template: {spec: %s}}      | 2 | false
            batch/v1beta1 | CronJob     | {jobTemplate: {spec: {parallelism: 4, template: {spec: %s}}}} | 4 | false
            v1            | Pod         | %s                                                          | 1 | false
            """)
    void everyWorkloadMakesPods(String version, String kind, String spec, int pods, boolean daemon) throws Exception {
        WorkloadPods template = read("apiVersion: " + version + "\nkind: " + kind
                        + "\nmetadata: {name: w, labels: {a: b}}\n" + "spec: " + spec.formatted(CONTAINER))
                .templates()
                .get(0);
        assertThat(template.kind()).isEqualTo(kind);
        assertThat(template.namespace()).isEqualTo("default");
        assertThat(template.pods(7)).isEqualTo(pods);
        assertThat(template.daemon()).isEqualTo(daemon);
        assertThat(template.spec().getContainers().get(0).getName()).isEqualTo("c");
        assertThat(template.labels().isEmpty()).isNotEqualTo(kind.equals("Pod"));
    }

    /** The places are those of rules N1 to N5 and N9; N7 leaves the empty name out. */
    @Test
    void listsEveryPlaceOfAReferenceWithItsOptionalFlag() throws Exception {
        List<PodReference> references = read("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: p}
                        spec:
                          initContainers:
                          - {name: i, envFrom: [{configMapRef: {name: a}}, {secretRef: {name: b, optional: true}}]}
                          containers:
                          - name: c
                            env:
                            - {name: X, valueFrom: {configMapKeyRef: {name: d, key: k, optional: true}}}
                            - {name: Y, valueFrom: {secretKeyRef: {name: e, key: k}}}
                            - {name: Z, value: plain}
                            - {name: E, valueFrom: {secretKeyRef: {name: "", key: k}}}
                          ephemeralContainers:
                          - {name: h, envFrom: [{secretRef: {name: f}}]}
                          volumes:
                          - {name: v1, configMap: {name: g}}
                          - {name: v2, secret: {secretName: h, optional: true, defaultMode: 0400}}
                          - {name: v3, projected: {sources: [{configMap: {name: i}}, {secret: {name: j, optional: true}}]}}
                          - {name: v4, azureFile: {secretName: k, shareName: s}}
                          - {name: v5, cephfs: {secretRef: {name: l}, monitors: [m]}}
                          - {name: v6, cinder: {secretRef: {name: m}, volumeID: v}}
                          - {name: v7, flexVolume: {secretRef: {name: n}, driver: d}}
                          - {name: v8, rbd: {secretRef: {name: o}, image: i, monitors: [m]}}
                          - {name: v9, scaleIO: {secretRef: {name: p}, gateway: g, system: s}}
                          - {name: v10, iscsi: {secretRef: {name: q}, iqn: i, lun: 0, targetPortal: t}}
                          - {name: v11, storageos: {secretRef: {name: r}}}
                          - {name: v12, csi: {nodePublishSecretRef: {name: s}, driver: d}}
                          - {name: v13, persistentVolumeClaim: {claimName: t}}
                          - {name: v14, cephfs: {monitors: [m]}, secret: {secretName: u}}
                          imagePullSecrets: [{name: z}]
                        """).templates().get(0).references();
        assertThat(references)
                .extracting(r -> r.kind().toString(), PodReference::name, PodReference::optional, PodReference::place)
                .containsExactly(
                        tuple("ConfigMap", "a", false, "init container \"i\", envFrom"),
                        tuple("Secret", "b", true, "init container \"i\", envFrom"),
                        tuple("ConfigMap", "d", true, "container \"c\", env X"),
                        tuple("Secret", "e", false, "container \"c\", env Y"),
                        tuple("Secret", "f", false, "ephemeral container \"h\", envFrom"),
                        tuple("ConfigMap", "g", false, "volume \"v1\""),
                        tuple("Secret", "h", true, "volume \"v2\""),
                        tuple("ConfigMap", "i", false, "volume \"v3\""),
                        tuple("Secret", "j", true, "volume \"v3\""),
                        tuple("Secret", "k", false, "volume \"v4\""),
                        tuple("Secret", "l", false, "volume \"v5\""),
                        tuple("Secret", "m", false, "volume \"v6\""),
                        tuple("Secret", "n", false, "volume \"v7\""),
                        tuple("Secret", "o", false, "volume \"v8\""),
                        tuple("Secret", "p", false, "volume \"v9\""),
                        tuple("Secret", "q", false, "volume \"v10\""),
                        tuple("Secret", "r", false, "volume \"v11\""),
                        tuple("Secret", "s", false, "volume \"v12\""),
                        tuple("Secret", "z", false, "imagePullSecrets"));
    }

    @Test
    void fileModesAreOctalAsKubectlReadsThem() throws Exception {
        WorkloadPods pod = read(pod("{name: v, secret: {secretName: s, defaultMode: 0400}}"))
                .templates()
                .get(0);
        assertThat(pod.spec().getVolumes().get(0).getSecret().getDefaultMode()).isEqualTo(256);
    }

    @Test
    void createsWhatPodsCannotDoWithoutAndLeavesOutTheRest() throws Exception {
        Manifests manifests = read(pod(
                        "{name: v, configMap: {name: given}}, {name: w, configMap: {name: needed}},"
                                + " {name: o, secret: {secretName: may, optional: true}},"
                                + " {name: x, secret: {secretName: both, optional: true}}, {name: y, secret: {secretName: both}}")
                + "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: given}, data: {a: b}}");
        assertThat(manifests.objects())
                .extracting(o -> o.getKind() + " " + o.getMetadata().getName())
                .containsExactly("ConfigMap given", "ConfigMap needed", "Secret both");
        assertThat(manifests.created()).hasToString("[ConfigMap \"default/needed\", Secret \"default/both\"]");
        assertThat(manifests.leftOut()).hasToString("[Secret \"default/may\"]");
        assertThat(manifests.notes())
                .containsExactly(
                        "ConfigMap \"default/needed\" is not in any file and was created empty, for Pod \"default/p\", volume \"w\"",
                        "Secret \"default/both\" is not in any file and was created empty, for Pod \"default/p\", volume \"y\"",
                        "Secret \"default/may\" is not in any file and was left out, because it is optional in Pod \"default/p\", volume \"o\"");
        assertThat(manifests.summary(1).lines())
                .containsExactly(
                        "1 pod templates, 1 pods, 2 ConfigMaps, 1 Secrets",
                        "                   pods  ConfigMaps  Secrets  optional",
                        "  Pod default/p       1           2        2         1",
                        "4 references, to 4 distinct objects",
                        "not in any file, created empty: ConfigMap \"default/needed\", Secret \"default/both\"",
                        "not in any file, optional, left out: Secret \"default/may\"");
    }

    @Test
    void secretsAreAsAServerWouldHoldThem() throws Exception {
        Secret secret = (Secret) read("""
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: s, namespace: n, uid: u, resourceVersion: "7", labels: {a: b}}
                        data: {kept: YQ==, replaced: YQ==, empty: }
                        stringData: {replaced: ä}
                        immutable: true
                        type: example.com/t
                        """).objects().get(0);
        assertThat(secret.getData()).containsOnly(entry("kept", "YQ=="), entry("replaced", "w6Q="), entry("empty", ""));
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getType()).isEqualTo("example.com/t");
        assertThat(secret.getMetadata().getResourceVersion()).isNull();
        assertThat(secret.getMetadata().getUid()).isNull();
        assertThat(secret.getMetadata().getLabels()).containsOnly(entry("a", "b"));
    }

    @Test
    void expandsListsAlsoOfItemsWithoutAKind() throws Exception {
        Manifests manifests = read("""
                kind: List
                apiVersion: v1
                items:
                - {apiVersion: v1, kind: ConfigMapList, items: [{metadata: {name: a}}, {metadata: {name: b}}]}
                - {apiVersion: v1, kind: Service, metadata: {name: s}}
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {last: stands}}
                """);
        assertThat(manifests.objects()).hasSize(2);
        assertThat(((ConfigMap) manifests.objects().get(0)).getData()).containsKey("last");
        assertThat(manifests.skipped()).containsExactly(entry("Service", 1));
        assertThat(manifests.notes()).singleElement().asString().startsWith("ConfigMap \"default/a\" is defined twice");
    }

    @Test
    void otherGroupsKindsOfTheSameNameAreNone() throws Exception {
        assertThat(read("{apiVersion: example.com/v1, kind: Job, metadata: {name: j}}")
                        .skipped())
                .containsExactly(entry("Job", 1));
    }

    @Test
    void serviceAccountsMayKeepTheirTokens() throws Exception {
        String accounts =
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: quiet}, automountServiceAccountToken: false}";
        String pods = pod("", "a", "serviceAccountName: quiet") + "\n---\n"
                + pod("", "b", "serviceAccountName: quiet, automountServiceAccountToken: true") + "\n---\n"
                + pod("", "c", "serviceAccountName: other");
        assertThat(read(pods + "\n---\n" + accounts).withKubeApiAccess().templates())
                .filteredOn(template -> !template.references().isEmpty())
                .extracting(WorkloadPods::name)
                .containsExactly("b", "c");
    }

    @Test
    void walksFoldersInOrderAndLeavesOutWhatIsHidden() throws Exception {
        Files.createDirectories(folder.resolve("b/c"));
        Files.createDirectories(folder.resolve(".git"));
        write("z.yml", configMap("z"));
        write("b/c/m.json", "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"m\"}}");
        write("a.YAML", configMap("a"));
        write("notes.txt", "not: [yaml");
        write(".git/x.yaml", "not: [yaml");
        assertThat(Manifests.read(List.of(folder)).objects())
                .extracting(object -> object.getMetadata().getName())
                .containsExactly("a", "m", "z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a: [1                                        | :2: is not YAML: while parsing a flow sequence
            a: 1                                         | :1: document 1 has no "kind"; a Kubernetes object needs apiVersion and kind
            kind: Service\\n---\\n- 1                    | :3: document 2 is a list; a Kubernetes object must be a mapping
            kind: Service\\n---\\n\\n---\\nx: 1          | :5: document 2 has no "kind"; a Kubernetes object needs apiVersion and kind
            {kind: List, items: [{kind: Service}, 3]}    | :1: document 1, item 2 is a number; a Kubernetes object must be a mapping
            {kind: ConfigMap}                            | :1: document 1 is a ConfigMap without metadata.name
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {}} | :1: Deployment "default/d": has no spec.template, which must be a mapping
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {}}} | :1: Deployment "default/d": its pod has no spec
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: -1, template: {spec: {}}}} | :1: Deployment "default/d": spec.replicas is not a number between 0 and 1000000
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 99999999999, template: {spec: {}}}} | :1: Deployment "default/d": spec.replicas is not a number between 0 and 1000000
            {kind: Pod, metadata: {name: p}, spec: {containers: many}} | :1: Pod "default/p": "spec.containers" does not match the Kubernetes schema
            kind: ConfigMap\\nmetadata: {name: c}\\ndata:\\n  port: 80 | :4: ConfigMap "default/c": key "port" of data is a number; it must be text: put it in quotes
            {kind: ConfigMap, metadata: {name: c}, data: [hunter2]} | :1: ConfigMap "default/c": data is a list; it must be a mapping
            kind: Secret\\nmetadata: {name: s}\\ndata:\\n  key: hunter2! | :4: Secret "default/s": key "key" of data is not base64
            kind: Secret\\nmetadata: {name: s}\\nstringData: {key: [hunter2]} | :3: Secret "default/s": key "key" of stringData is a list; it must be text: put it in quotes
            kind: Secret\\nmetadata: {name: s}\\ntype: [hunter2] | Secret "default/s": "type" does not match the Kubernetes schema
            kind: ConfigMap\\nmetadata:\\n  name: Bad_Name | :3: ConfigMap "default/Bad_Name": metadata.name: Invalid value: "Bad_Name": must be a DNS-1123 subdomain: lowercase letters, digits, '-' and '.', at most 253 characters; rename it, also where pods reference it
            kind: Secret\\nmetadata:\\n  name: s\\n  namespace: Bad.Space | :4: Secret "Bad.Space/s": metadata.namespace: Invalid value: "Bad.Space": must be a DNS-1123 label: lowercase letters, digits and '-', at most 63 characters; choose another namespace
            kind: ConfigMap\\nmetadata: {name: c}\\ndata:\\n  good: hunter2\\n  "bad key": hunter2 | :5: ConfigMap "default/c": data[bad key]: Invalid value: a key must consist of letters, digits, '-', '_' or '.', have at most 253 characters, not be '.' and not start with '..'; rename the key
            kind: Secret\\nmetadata: {name: s}\\nstringData:\\n  ..data: hunter2 | :4: Secret "default/s": data[..data]: Invalid value: a key must
            kind: ConfigMap\\nmetadata: {name: c}\\ndata:\\n  k: v\\nbinaryData:\\n  k: YQ== | :4: ConfigMap "default/c": data[k]: Invalid value: duplicate of key in binaryData; remove one of the two
            kind: ConfigMap\\nmetadata: {name: "a\\n\\n  b"} | :2: ConfigMap "default/a?b": metadata.name: Invalid value: "a?b": must
            {kind: Pod, metadata: {name: p, namespace: Bad_Space}, spec: {containers: []}} | :1: Pod "Bad_Space/p": metadata.namespace: Invalid value: "Bad_Space"
            {kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, envFrom: [{secretRef: {name: Bad_Name}}]}]}} | :1: Pod "default/p": container "c", envFrom names a Secret that cannot exist: Invalid value: "Bad_Name": must
            """)
    void tellsWhatIsWrongWithoutAnyValue(String text, String message) throws IOException {
        Path file = write("m.yaml", text.replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> Manifests.read(List.of(file)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("hunter2")
                .doesNotContain("\n");
    }

    /** Null is no list that is missing, nor a map: only as an item of a list it stands for an object without a name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            containers: [null]                                                        | :4: | spec.containers[0]
            containers: [{name: c},\\n    null]                                     | :5: | spec.containers[1]
            initContainers:\\n  -                                                   | :5: | spec.initContainers[0]
            ephemeralContainers: [null]                                               | :4: | spec.ephemeralContainers[0]
            containers: [{name: c, env: [null]}]                                      | :4: | spec.containers[0].env[0]
            containers: [{name: c, envFrom: [null]}]                                  | :4: | spec.containers[0].envFrom[0]
            containers: [{name: c, volumeMounts: [null]}]                             | :4: | spec.containers[0].volumeMounts[0]
            volumes: [null]                                                           | :4: | spec.volumes[0]
            volumes: [{name: v, projected: {sources: [null]}}]                        | :4: | spec.volumes[0].projected.sources[0]
            volumes: [{name: v, configMap: {name: m, items: [null]}}]                 | :4: | spec.volumes[0].configMap.items[0]
            volumes: [{name: v, projected: {sources: [{secret: {items: [null]}}]}}]   | :4: | spec.volumes[0].projected.sources[0].secret.items[0]
            imagePullSecrets: [null]                                                  | :4: | spec.imagePullSecrets[0]
            """)
    void anEmptyItemIsToldWithItsPlace(String field, String line, String place) throws IOException {
        String spec = field.replace("\\n", "\n");
        String told = place + " is empty; write the item, or remove its \"-\"";
        assertRefused("kind: Pod\nmetadata: {name: p}\nspec:\n  " + spec + "\n", line + " Pod \"default/p\": " + told);
    }

    @Test
    void anEmptyItemOfATemplateIsToldWithItsWholePath() throws IOException {
        assertRefused(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: j}
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          containers: [~]
                """,
                ":9: CronJob \"default/j\": spec.jobTemplate.spec.template.spec.containers[0] is empty;"
                        + " write the item, or remove its \"-\"");
    }

    @Test
    void listsAndTextsMayBeEmpty() throws Exception {
        WorkloadPods pod = read("""
                        kind: Pod
                        metadata: {name: p}
                        spec:
                          volumes: ~
                          initContainers: ~
                          ephemeralContainers: ~
                          imagePullSecrets: ~
                          containers: [{name: c, args: [~], env: ~, envFrom: ~, volumeMounts: ~}]
                        """).withKubeApiAccess().templates().get(0);
        assertThat(pod.references()).hasSize(1);
    }

    @Test
    void objectsOverOneMebibyteAreRefusedWithTheLineOfTheirData() throws IOException {
        String tooLong = "x".repeat((1 << 20) + 1);
        assertRefused(
                "kind: ConfigMap\nmetadata: {name: c}\ndata:\n  k: " + tooLong + "\n",
                ":3: ConfigMap \"default/c\": data: Too long: must have at most 1048576 bytes;"
                        + " split the object, or shorten its values");
        assertRefused(
                "kind: Secret\nmetadata: {name: s}\nstringData: {k: " + tooLong + "}\n",
                ": Secret \"default/s\": data: Too long: must have at most 1048576 bytes;"
                        + " split the object, or shorten its values");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = write("m.yaml", text);
        assertThatThrownBy(() -> Manifests.read(List.of(file)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith(message);
    }

    @Test
    void aNameThatCannotExistIsNoErrorWhereItIsOptional() throws Exception {
        Manifests manifests = read(pod("{name: v, configMap: {name: Bad_Name, optional: true}}"));
        assertThat(manifests.leftOut()).hasToString("[ConfigMap \"default/Bad_Name\"]");
    }

    @Test
    void tellsWhatCannotBeRead() throws IOException {
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> Manifests.read(List.of(none))).hasMessage(none + ": no such file");
        assertThatThrownBy(() -> Manifests.read(List.of(folder)))
                .hasMessage(folder + ": contains no *.yaml, *.yml or *.json file");
        Path big = write("big.yaml", "#".repeat((4 << 20) + 1));
        assertThatThrownBy(() -> Manifests.read(List.of(big)))
                .hasMessage(big + ": is too large; the limit is 4096 KiB");
        Files.delete(big);
        Path deep = folder;
        for (int i = 0; i < 20; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        assertThatThrownBy(() -> Manifests.read(List.of(folder)))
                .hasMessage(folder + ": has directories nested deeper than 16 levels");
    }

    private Manifests read(String text) throws Exception {
        return Manifests.read(List.of(write("m.yaml", text)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String configMap(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}}";
    }

    private static String pod(String volumes) {
        return pod(volumes, "p", "hostNetwork: false");
    }

    private static String pod(String volumes, String name, String field) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {" + field
                + ", containers: [{name: c, image: i}], volumes: [" + volumes + "]}}";
    }
}
