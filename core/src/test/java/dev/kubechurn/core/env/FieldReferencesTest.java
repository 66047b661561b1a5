package dev.kubechurn.core.env;

import static dev.kubechurn.core.env.PodRig.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fieldRef} (E36 to E43). */
class FieldReferencesTest {

    private final PodRig rig = new PodRig();

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "v1")
    void e36V1IsTheOnlyVersion(@Nullable String version) {
        rig.env("X", field(version, "metadata.name"));
        assertThat(rig.variables()).containsEntry("X", "web-0");
    }

    @Test
    void e36AnotherVersionIsRefused() {
        rig.env("X", field("v2", "metadata.name"));
        assertThat(rig.error()).isEqualTo("InvalidFieldRef: unsupported pod version: v2");
    }

    @Test
    void e37GivesThePodsFieldsAndEmptyTextsForUnsetOnes() {
        assertThat(value("metadata.name")).isEqualTo("web-0");
        assertThat(value("metadata.namespace")).isEqualTo("shop");
        assertThat(value("metadata.uid")).isEqualTo("u-1");
        for (String unset : List.of("spec.nodeName", "spec.host", "spec.serviceAccountName")) {
            assertThat(value(unset)).as(unset).isEmpty();
        }
        rig.pod.getSpec().setNodeName("node-3");
        rig.pod.getSpec().setServiceAccountName("clerk");
        assertThat(value("spec.nodeName")).isEqualTo("node-3");
        assertThat(value("spec.host")).isEqualTo("node-3");
        assertThat(value("spec.serviceAccountName")).isEqualTo("clerk");
        rig.pod.getMetadata().setUid(null);
        assertThat(value("metadata.uid")).isEmpty();
    }

    @Test
    void e38GivesALabelOrAnnotationByItsKeyCaseIncluded() {
        rig.pod.getMetadata().setLabels(Map.of("app", "web", "shop.example/Tier", "front"));
        rig.pod.getMetadata().setAnnotations(Map.of("shop.example/Note", "n", "app", "annotation"));
        assertThat(value("metadata.labels['app']")).isEqualTo("web");
        assertThat(value("metadata.labels['shop.example/Tier']")).isEqualTo("front");
        assertThat(value("metadata.labels['shop.example/tier']")).isEmpty();
        assertThat(value("metadata.annotations['shop.example/Note']")).isEqualTo("n");
        assertThat(value("metadata.annotations['shop.example/note']")).isEmpty();
        assertThat(value("metadata.annotations['app']")).isEqualTo("annotation");
        rig.pod.getMetadata().setLabels(null);
        assertThat(value("metadata.labels['app']")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"      | the name must have 1 to 63 characters",
                "a/        | the name must have 1 to 63 characters",
                "a/b/c     | more than one '/'",
                "/a        | the prefix before '/' must have 1 to 253 characters",
                "Up.com/a  | the prefix before '/' must be a lowercase DNS name",
                "a..b/c    | the prefix before '/' must be a lowercase DNS name",
                "-a.b/c    | the prefix before '/' must be a lowercase DNS name",
                "a_b/c     | the prefix before '/' must be a lowercase DNS name",
                "-a        | the name may contain letters, digits, '-', '_' and '.', and must start and end with a letter or digit",
                "a.        | the name may contain letters, digits, '-', '_' and '.', and must start and end with a letter or digit",
                "a b       | the name may contain letters, digits, '-', '_' and '.', and must start and end with a letter or digit",
            })
    void e39TheKeyMustBeAQualifiedName(String key, String why) {
        String path = "metadata.labels['" + key + "']";
        assertThat(failure(path)).isEqualTo("invalid key subscript in " + path + ": " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "9", "a-b_c.D", "a.b-c.9/X", "x/y"})
    void e39LetsAGoodKeyPass(String key) {
        assertThat(value("metadata.labels['" + key + "']")).isEmpty();
    }

    @Test
    void e39CountsCharacters() {
        String name = "n".repeat(63);
        String label = "l".repeat(49) + ".";
        String subdomain = label.repeat(5) + "abc";
        assertThat(subdomain).hasSize(253);
        assertThat(value("metadata.labels['" + subdomain + "/" + name + "']")).isEmpty();
        assertThat(failure("metadata.labels['" + name + "n']")).contains("1 to 63");
        assertThat(failure("metadata.labels['" + subdomain + "d/a']")).contains("1 to 253");
    }

    @Test
    void e39TheKeyOfAnAnnotationIsCheckedInLowerCase() {
        rig.pod.getMetadata().setAnnotations(Map.of("Shop.Example/Note", "n"));
        assertThat(value("metadata.annotations['Shop.Example/Note']")).isEqualTo("n");
        assertThat(failure("metadata.labels['Shop.Example/Note']")).contains("lowercase DNS name");
        assertThat(failure("metadata.annotations['a b']")).contains("invalid key subscript");
    }

    @Test
    void e40GivesAllLabelsSortedAndQuoted() {
        assertThat(value("metadata.labels")).isEmpty();
        rig.pod.getMetadata().setLabels(Map.of("b", "2", "a", "1", "B", ""));
        assertThat(value("metadata.labels")).isEqualTo("B=\"\"\na=\"1\"\nb=\"2\"");
        rig.pod.getMetadata().setAnnotations(Map.of("k", "v"));
        assertThat(value("metadata.annotations")).isEqualTo("k=\"v\"");
    }

    @Test
    void e40QuotesAsGoDoes() {
        Map<String, String> quoted = Map.ofEntries(
                Map.entry("\"\\'", "\\\"\\\\'"),
                Map.entry("\u0007\b\f\n\r\t\u000b", "\\a\\b\\f\\n\\r\\t\\v"),
                Map.entry("\u0000\u001f\u007f", "\\x00\\x1f\\x7f"),
                Map.entry("\u0080\u009f\u00a0\u00ad", "\\u0080\\u009f\\u00a0\\u00ad"),
                Map.entry("a b~!", "a b~!"),
                Map.entry("\u00e9\u65e5\ud83d\ude00", "\u00e9\u65e5\ud83d\ude00"),
                Map.entry("\u2028\u2029\u200b\ue000\u3000", "\\u2028\\u2029\\u200b\\ue000\\u3000"),
                Map.entry("\udb40\udc01", "\\U000e0001"),
                Map.entry("\ud800", "\ufffd"));
        quoted.forEach(
                (text, expected) -> assertThat(QuotedMap.of(Map.of("k", text))).isEqualTo("k=\"" + expected + "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''         | -       | ''                       | ''                  | ''",
                "''         | 9.9.9.9 | ''                       | 9.9.9.9             | ''",
                "10.0.0.1   | 9.9.9.9 | 10.1.0.1                 | 10.1.0.1            | 10.1.0.1",
                "10.0.0.1   | -       | fd00::1,10.1.0.1         | 10.1.0.1            | 10.1.0.1,fd00::1",
                "fd00::9    | -       | 10.1.0.1,fd00::1         | fd00::1             | fd00::1,10.1.0.1",
                "''         | -       | fd00::1,10.1.0.1         | 10.1.0.1            | 10.1.0.1,fd00::1",
                "10.0.0.1   | -       | fd00::1                  | fd00::1             | fd00::1",
                "10.0.0.1   | -       | 10.1.0.1,10.1.0.2,fd00::1,fd00::2 | 10.1.0.1   | 10.1.0.1,fd00::1",
                "10.0.0.1   | 9.9.9.9 | nonsense,256.1.1.1       | 9.9.9.9             | ''",
                "10.0.0.1   | -       | ::ffff:10.1.0.1,fd00::1  | 10.1.0.1            | 10.1.0.1,fd00::1",
                "fd00::9,10.0.0.1 | - | 10.1.0.1,fd00::1         | fd00::1             | fd00::1,10.1.0.1",
            })
    void e41TakesTheFirstIpOfTheNodesOwnFamilyThenOneOfTheOther(
            String hostIps, @Nullable String podIp, String podIps, String primary, String all) {
        rig.hostIps = list(hostIps);
        rig.podIp = podIp;
        rig.podIps = list(podIps);
        assertThat(value("status.podIP")).isEqualTo(primary);
        assertThat(value("status.podIPs")).isEqualTo(all);
    }

    @Test
    void e42GivesTheNodesFirstIpAndAtMostTwo() {
        assertThat(value("status.hostIP")).isEmpty();
        assertThat(value("status.hostIPs")).isEmpty();
        rig.hostIps = List.of("10.0.0.1", "10.0.0.2", "fd00::9");
        assertThat(value("status.hostIP")).isEqualTo("10.0.0.1");
        assertThat(value("status.hostIPs")).isEqualTo("10.0.0.1,fd00::9");
        rig.hostIps = List.of("node-3", "FD00::0:9", "fd00::8", "010.0.0.1");
        assertThat(value("status.hostIP")).isEqualTo("fd00::9");
        assertThat(value("status.hostIPs")).isEqualTo("fd00::9,10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "010.001.0000000000.09, 10.1.0.9",
        "::ffff:10.0.0.1, 10.0.0.1",
        "0:0:0:0:0:FFFF:0a00:0001, 10.0.0.1",
        "::FFFF:010.0.0.1, 10.0.0.1",
        "2001:DB8:0:0::1, 2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "0:0:0:0:0:0:0:0, ::",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:1:0:0:0:1:0, 0:0:1::1:0",
        "0:0:1:0:0:1:0:0, ::1:0:0:1:0:0",
        "::10.0.0.1, ::a00:1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "00001::000002, 1::2",
        "::fffe:10.0.0.1, ::fffe:a00:1",
        "::ffff:0:10.0.0.1, ::ffff:0:a00:1",
    })
    void e42PrintsAddressesAnewInCanonicalForm(String written, String printed) {
        rig.hostIps = List.of(written);
        rig.podIps = List.of(written);
        assertThat(value("status.hostIP")).isEqualTo(printed);
        assertThat(value("status.podIP")).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "1.2.3.256",
                "1.2.3.99999999999999999999",
                "1.2..4",
                "+1.2.3.4",
                "1.2.3.4:80",
                "\u0661.2.3.4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1/64",
                "1:2:3:4:5:1.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "::1.2.3",
                "1:2:3:4:5:6::1.2.3.4",
            })
    void e42SkipsWhatIsNoAddress(String text) {
        rig.hostIps = List.of(text, "10.0.0.1");
        rig.podIp = "as given";
        rig.podIps = List.of(text);
        assertThat(value("status.hostIPs")).isEqualTo("10.0.0.1");
        assertThat(value("status.podIPs")).isEmpty();
        assertThat(value("status.podIP")).isEqualTo("as given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "metadata.Name               | field label not supported: metadata.Name",
                "status.hostIp               | field label not supported: status.hostIp",
                "metadata.labels[app]        | field label not supported: metadata.labels[app]",
                "metadata.labels['app        | field label not supported: metadata.labels['app",
                "metadata.labels['app'].x    | field label not supported: metadata.labels['app'].x",
                "metadata.labels['           | field label not supported: metadata.labels['",
                "metadata.labels[']          | field label not supported: metadata.labels[']",
                "['app']                     | field label not supported: ['app']",
                "spec.restartPolicy          | unsupported fieldPath: spec.restartPolicy",
                "spec.schedulerName          | unsupported fieldPath: spec.schedulerName",
                "status.phase                | unsupported fieldPath: status.phase",
                "metadata.name['a']          | field label does not support subscript: metadata.name['a']",
                "unknown['a']                | field label does not support subscript: unknown['a']",
            })
    void e43EveryOtherPathIsRefused(String path, String message) {
        assertThat(failure(path)).isEqualTo(message);
    }

    @Test
    void e43AnAbsentPathIsTheEmptyOne() {
        rig.env("X", field("v1", null));
        assertThat(rig.error()).isEqualTo("InvalidFieldRef: field label not supported: ");
    }

    private String value(String path) {
        rig.main.getEnv().clear();
        return String.valueOf(rig.env("X", field(path)).variables().get("X"));
    }

    private String failure(String path) {
        rig.main.getEnv().clear();
        Outcome outcome = rig.env("X", field(path)).resolve();
        assertThat(outcome.errorKind()).isEqualTo("InvalidFieldRef");
        return outcome.message();
    }

    private static List<String> list(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }
}
