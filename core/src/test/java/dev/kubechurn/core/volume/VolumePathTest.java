package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for paths of files (V8, V9). */
class VolumePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | must not be empty",
                "/etc/a      | must be relative",
                "/           | must be relative",
                "..          | must not contain \"..\"",
                "../a        | must not contain \"..\"",
                "a/..        | must not contain \"..\"",
                "conf/../a   | must not contain \"..\"",
                "./../a      | must not contain \"..\"",
                "..a         | must not start with \"..\"",
                "...         | must not start with \"..\"",
                "..data/a    | must not start with \"..\"",
                ".           | must name a file, not the volume itself",
                "./          | must name a file, not the volume itself",
                ".//.        | must name a file, not the volume itself",
            })
    void v8RefusesAPath(String path, String problem) {
        assertThat(VolumePath.problem(path)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "d/..x", ".x", ".x/.y", "a...", "a..b/c", "a b", "\u65e5"})
    void v8LetsAGoodPathPass(String path) {
        assertThat(VolumePath.problem(path)).isNull();
    }

    @Test
    void v8CountsTheBytesOfAnElement() {
        assertThat(VolumePath.problem("e".repeat(255))).isNull();
        assertThat(VolumePath.problem("e".repeat(256))).isEqualTo("must not have an element longer than 255 bytes");
        // Two bytes each in UTF-8: 254 and 256.
        assertThat(VolumePath.problem("d/" + "\u00fc".repeat(127))).isNull();
        assertThat(VolumePath.problem("d/" + "\u00fc".repeat(128)))
                .isEqualTo("must not have an element longer than 255 bytes");
    }

    @Test
    void v8CountsTheBytesOfAPathBeforeCleaning() {
        String longest = "e/".repeat(2047) + "ab";
        assertThat(longest).hasSize(4096);
        assertThat(VolumePath.problem(longest)).isNull();
        assertThat(VolumePath.problem(longest + "c")).isEqualTo("must not be longer than 4096 bytes");
        // Cleaned it would be "a".
        assertThat(VolumePath.problem("./".repeat(2048) + "a")).isEqualTo("must not be longer than 4096 bytes");
    }

    @ParameterizedTest
    @CsvSource({"a,a", "./a//b,a/b", "a/,a", "a/./b/.,a/b", ".x/./y//,.x/y"})
    void v9CleansAPath(String path, String clean) {
        assertThat(VolumePath.clean(path)).isEqualTo(clean);
        assertThat(VolumePath.isClean(clean)).isTrue();
        assertThat(VolumePath.isClean(path)).isEqualTo(path.equals(clean));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", ".", "./a", "..", "a/../b", "../a"})
    void isNotClean(String path) {
        assertThat(VolumePath.isClean(path)).isFalse();
    }

    @Test
    void v12TakesAPathApart() {
        assertThat(VolumePath.firstElement("a/b/c")).isEqualTo("a");
        assertThat(VolumePath.firstElement("a")).isEqualTo("a");
        assertThat(VolumePath.parents("a/b/c")).isEqualTo(List.of("a", "a/b"));
        assertThat(VolumePath.parents("a")).isEmpty();
    }

    @Test
    void quotesAPathOnOneBoundedLine() {
        assertThat(VolumePath.quoted("a\nb\u001b\u007f")).isEqualTo("\"a\\u000ab\\u001b\\u007f\"");
        assertThat(VolumePath.quoted("p".repeat(120))).isEqualTo("\"" + "p".repeat(120) + "\"");
        assertThat(VolumePath.quoted("p".repeat(121))).isEqualTo("\"" + "p".repeat(120) + "...\"");
    }
}
