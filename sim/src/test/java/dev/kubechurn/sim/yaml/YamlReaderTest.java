package dev.kubechurn.sim.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.sim.yaml.YamlReader.RepeatedKeys;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    private final YamlReader strict = new YamlReader(4096, RepeatedKeys.REFUSED);

    @Test
    void knowsTheLineOfEveryKeyAndValue() throws YamlException {
        var root = (YamlNode.Mapping)
                strict.documents("f.yaml", "# note\na: 1\nb:\n  - x\n  - y\n").get(0);
        YamlNode.Entry b = root.entries().get(1);
        assertThat(root.find("b")).isSameAs(b);
        assertThat(b.origin()).hasToString("f.yaml:3");
        assertThat(((YamlNode.Sequence) b.value()).items())
                .extracting(YamlNode::origin)
                .hasToString("[f.yaml:4, f.yaml:5]");
        assertThat(root.find("c")).isNull();
    }

    @Test
    void readsScalarsByTheCoreSchemaAndFileModesAsKubernetesDoes() throws YamlException {
        var plain = strict.documents(
                        "f",
                        "[0644, 0o17, 0x1F, -7, 1.5, true, null, ~, yes, '12', !!str 12, 089, 5000000000, 99999999999999999999]")
                .get(0)
                .plain();
        assertThat(plain)
                .isEqualTo(Arrays.asList(
                        420,
                        15,
                        31,
                        -7,
                        1.5,
                        true,
                        null,
                        null,
                        "yes",
                        "12",
                        "12",
                        89,
                        5_000_000_000L,
                        new BigInteger("99999999999999999999")));
    }

    @Test
    void readsEveryDocumentThatIsNotEmpty() throws YamlException {
        assertThat(strict.documents("f", "---\n---\na: 1\n---\n# nothing\n---\nb: 2\n"))
                .extracting(YamlNode::plain)
                .isEqualTo(List.of(Map.of("a", 1), Map.of("b", 2)));
    }

    @Test
    void expandsAliasesAndMerges() throws YamlException {
        var plain = strict.documents("f", "base: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}\nlist: {<<: [*b, {z: 4}]}\n")
                .get(0)
                .plain();
        assertThat(plain)
                .isEqualTo(Map.of(
                        "base", Map.of("x", 1, "y", 2),
                        "own", Map.of("x", 1, "y", 3),
                        "list", Map.of("x", 1, "y", 2, "z", 4)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a: [1                     | is not YAML
            a: 1\\n b: 2              | is not YAML
            a: 1\\nb: 2\\na: 3        | f.yaml:3: field "a" is duplicated; it is first set on line 1
            a: !java.io.File x        | f.yaml:1: tag "!java.io.File" is not supported
            a: !!int x                | f.yaml:1: tag "tag:yaml.org,2002:int" does not fit its value
            [1]: 2                    | f.yaml:1: a key is a list; keys must be text
            a: &a [*a]                | f.yaml:1: alias "*a" does not refer to an earlier anchor
            a: *b                     | f.yaml:1: alias "*b" does not refer to an earlier anchor
            <<: 3                     | f.yaml:1: "<<" must merge a mapping, not a number
            a: "\\u0000               | is not YAML
            """)
    void tellsWhereATextIsNoYaml(String text, String message) {
        assertThatThrownBy(() -> strict.documents("f.yaml", text.replace("\\n", "\n")))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("f.yaml:")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void lastOfRepeatedKeysStandsWhereThatIsWanted() throws YamlException {
        var lenient = new YamlReader(4096, RepeatedKeys.LAST_STANDS);
        assertThat(lenient.documents("f", "a: 1\na: 2").get(0).plain()).isEqualTo(Map.of("a", 2));
    }

    @Test
    void boundsDepthAlsoThroughAliases() {
        assertThatThrownBy(() -> strict.documents("f", "[".repeat(2000)))
                .hasMessage("f:1: is nested deeper than 100 levels");
        String half = "[".repeat(60) + "]".repeat(60);
        assertThatThrownBy(() -> strict.documents("f", "a: &a " + half + "\nb: " + half.replace("[]", "[*a]")))
                .hasMessage("f:2: is nested deeper than 100 levels");
    }

    @Test
    void boundsWhatAliasesExpandTo() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
        }
        assertThatThrownBy(() -> strict.documents("f", bomb.toString()))
                .hasMessageMatching("f:[0-9]: has more than 1000000 values, including aliases");
    }

    @Test
    void refusesWhatIsNoTextOrTooBigOrNotThere(@TempDir Path folder) throws Exception {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 3});
        assertThatThrownBy(() -> strict.read(binary))
                .hasMessage(binary + ": is not valid UTF-8; YAML files must be UTF-8");
        Path zeros = Files.write(folder.resolve("zeros"), new byte[10]);
        assertThatThrownBy(() -> strict.read(zeros)).hasMessage(zeros + ": is a binary file; YAML must be text");
        Path bell = Files.writeString(folder.resolve("bell"), "a: 1\nb: \u0007\n");
        assertThatThrownBy(() -> strict.read(bell))
                .hasMessage(bell + ":2: is not YAML: character U+0007 is not allowed");
        Path big = Files.writeString(folder.resolve("big"), "a".repeat(4097));
        assertThatThrownBy(() -> strict.read(big)).hasMessage(big + ": is too large; the limit is 4 KiB");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> strict.read(missing)).hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> strict.read(folder)).hasMessage(folder + ": is a directory, not a file");
        Path marked = Files.writeString(folder.resolve("marked"), "\uFEFFa: 1\r\n");
        assertThat(strict.read(marked).get(0).plain()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void showsNoValues() throws YamlException {
        assertThat(strict.documents("f", "password: hunter2").get(0).toString()).doesNotContain("hunter2");
    }
}
