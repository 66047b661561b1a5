package dev.kubechurn.sim.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users read keeps to the style in {@code .vale/styles/Kubechurn}: docs, scenarios' comments, help and messages. */
final class ProseTest {

    private static final Path ROOT = Path.of("..");
    private static final Path STYLE = ROOT.resolve(".vale/styles/Kubechurn");

    /** Files, and directories with all that is below them. */
    private static final List<String> CHECKED = List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "docs",
            "scenarios",
            "deploy",
            ".github",
            "core/src/main/java",
            "reports/src/main/java",
            "sim/src/main/java",
            "bench/src/main/java");

    private static final Pattern HAS_PROSE = Pattern.compile(".*\\.(?:md|java|yaml|yml)|.*/Dockerfile");

    static Stream<String> checked() throws IOException {
        Stream.Builder<String> files = Stream.builder();
        for (String root : CHECKED) {
            try (Stream<Path> below = Files.walk(ROOT.resolve(root))) {
                below.filter(Files::isRegularFile)
                        .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                        .filter(HAS_PROSE.asMatchPredicate())
                        .sorted()
                        .forEach(files);
            }
        }
        return files.build();
    }

    private static List<String> findings(String file, String text) throws IOException {
        String prose = Prose.of(Path.of(file), text);
        return ProseRule.readAll(STYLE).stream()
                .flatMap(rule -> rule.findIn(file, prose).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("checked")
    void usesPlainWords(String file) throws Exception {
        assertThat(findings(file, Files.readString(ROOT.resolve(file)))).isEmpty();
    }

    @Test
    void aFindingSaysWherePhraseAndAdvice() throws Exception {
        assertThat(findings("a.md", "# Title\n\nAll of them but\nfor one, and Told twice.\n"))
                .containsExactlyInAnyOrder(
                        "a.md:3: 'but for' write 'except' instead",
                        "a.md:4: 'Told' write 'said|reported|shown|set' instead");
        assertThat(findings("a.md", "A riddle.\n"))
                .containsExactly("a.md:1: 'riddle' is unclear: say what happens, to what, and what to do");
    }

    @Test
    void onlyWholeWordsCount() throws Exception {
        assertThat(findings("a.md", "Retold endearingly, nor a rebuttal but forwarded.\n"))
                .isEmpty();
    }

    @Test
    void ofMarkdownCodeAndLinksAreNoProse() throws Exception {
        String text = "`told` [a page](told.md)\n```\ntold\n```\n1 told\n";
        assertThat(findings("a.md", text)).hasSize(1).first().asString().startsWith("a.md:5: 'told'");
        assertThat(findings("docs/commands.md", text)).hasSize(4);
    }

    @Test
    void ofTheChangelogOnlyWhatIsNewIsChecked() throws Exception {
        String text = "# Changelog\n\n## Unreleased\n- told\n\n## 0.1.0\n- told\n";
        assertThat(findings("CHANGELOG.md", text)).hasSize(1);
        assertThat(findings("CHANGELOG.md", "# Changelog\n\n## Unreleased\n- told\n"))
                .hasSize(1);
    }

    @Test
    void ofYamlCommentsAreProse() throws Exception {
        assertThat(findings("a.yaml", "# told\nkey: told # told\nurl: a#told\n"))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("a.yaml:2: 'told'");
    }

    @Test
    void ofJavaStringsAreProse() throws Exception {
        String java = """
                // told
                /** A "told" one. */
                char quote = '"', other = '\\'';
                String told = "all but"
                        + " for one\\ntold";
                String block = ""\"
                        a riddle
                        ""\";
                """;
        assertThat(findings("A.java", java))
                .containsExactlyInAnyOrder(
                        "A.java:4: 'but for' write 'except' instead",
                        "A.java:5: 'told' write 'said|reported|shown|set' instead",
                        "A.java:7: 'riddle' is unclear: say what happens, to what, and what to do");
    }
}
