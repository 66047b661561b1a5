package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.testing.Samples;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a payload and its files promise whoever holds them. */
class VolumePayloadTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../a", "a/../../b", ".", "a/", "./a"})
    void refusesAPathThatIsNotClean(String path) {
        VolumeFile file = Payloads.file("x", 0644);
        assertThatThrownBy(() -> Payloads.of(path, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path \"" + path
                        + "\" is not clean: it must be relative, without \"..\", \".\" and double slashes");
    }

    @Test
    void keepsNothingThatOthersCanChange() {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        byte[] bytes = "old".getBytes(UTF_8);
        VolumeFile file = new VolumeFile(bytes, 0600);
        files.put("a", file);
        VolumePayload payload = new VolumePayload(files);

        bytes[0] = 'X';
        files.put("b", Payloads.file("more", 0600));
        file.bytes()[0] = 'Y';

        assertThat(payload).isEqualTo(Payloads.of("a", Payloads.file("old", 0600)));
        assertThatThrownBy(() -> payload.files().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void givesItsContentWithoutACopyAndReadOnly() {
        VolumeFile file = Payloads.file("text", 0600);
        ByteBuffer content = file.content();

        assertThat(content.isReadOnly()).isTrue();
        assertThat(content).isEqualTo(ByteBuffer.wrap("text".getBytes(UTF_8)));
        content.get();
        assertThat(file.content().remaining()).as("its position is its own").isEqualTo(4);
        assertThat(file.size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "zwölf Boxkämpfer", "🙂", "\ud800 alone"})
    void textIsItsUtf8Bytes(String text) {
        VolumeFile ofText = VolumeFile.ofText(text, 0640);
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(ofText.bytes()).isEqualTo(bytes);
        assertThat(ofText.content()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(ofText.content().isReadOnly()).isTrue();
        assertThat(ofText.size()).isEqualTo(bytes.length);
        assertThat(ofText.holds(bytes)).isTrue();
        assertThat(ofText)
                .isEqualTo(VolumeFile.ofText(text, 0640))
                .isEqualTo(new VolumeFile(bytes, 0640))
                .hasSameHashCodeAs(new VolumeFile(bytes, 0640))
                .hasToString(new VolumeFile(bytes, 0640).toString())
                .isNotEqualTo(VolumeFile.ofText(text, 0600))
                .isNotEqualTo(VolumeFile.ofText(text + "x", 0640));
        assertThat(new VolumeFile(bytes, 0640)).isEqualTo(ofText);
    }

    @ParameterizedTest
    @ValueSource(ints = {01000, 04755, -1, 0100644})
    void refusesAModeBeyondThePermissionBits(int mode) {
        assertThatThrownBy(() -> Payloads.file("", mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mode " + Integer.toOctalString(mode) + " is not in the range 0 to 0777");
    }

    @Test
    void filesAreEqualByBytesAndMode() {
        VolumeFile file = Payloads.file("a", 0644);
        assertThat(file).isEqualTo(Payloads.file("a", 0644)).hasSameHashCodeAs(Payloads.file("a", 0644));
        assertThat(file).isNotEqualTo(Payloads.file("a", 0600)).isNotEqualTo(Payloads.file("b", 0644));
        assertThat(file.hashCode()).isNotEqualTo(Payloads.file("a", 0600).hashCode());
        assertThat(file).isNotEqualTo("a");
    }

    @Test
    void tellsNoContent() {
        assertThat(Payloads.of("token", Payloads.file("s3cret", 0400)))
                .hasToString("VolumePayload{token=VolumeFile[6 bytes, mode 0400]}");
        assertThat(VolumePayload.empty()).hasToString("VolumePayload{}");
        assertThat(ObjectContent.of(Samples.secret("s", "s3cret"))).hasToString("ObjectContent[1 keys]");
        assertThat(new ObjectContent(Map.of("a", "x", "b", "x"), Map.of("c", "x")))
                .hasToString("ObjectContent[3 keys]");
    }
}
