package dev.kubechurn.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorTest {

    @ParameterizedTest
    @CsvSource({
        "410, Expired, true",
        "410, Gone, true",
        "410, '', true",
        "410, Conflict, false",
        "400, Expired, true",
        "400, '', false",
        "500, InternalError, false"
    })
    @DisplayName("R4, R10: expired by reason; without a body by code")
    void expired(int code, String reason, boolean expired) {
        assertThat(new ApiError.Status(code, reason, "text").expired()).isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({"429, TooManyRequests, true", "429, '', true", "500, TooManyRequests, true", "503, '', false"})
    @DisplayName("R7, R10: too many requests by code or by reason")
    void tooManyRequests(int code, String reason, boolean tooMany) {
        assertThat(new ApiError.Status(code, reason, "text").tooManyRequests()).isEqualTo(tooMany);
    }

    @ParameterizedTest
    @CsvSource({"404, true", "410, false"})
    void notFound(int code, boolean notFound) {
        assertThat(new ApiError.Status(code, "", "text").notFound()).isEqualTo(notFound);
    }

    @Test
    @DisplayName("R4: too large a version by cause or by text, and by nothing else")
    void tooLargeResourceVersion() {
        List<String> causes = new ArrayList<>(List.of("ResourceVersionTooLarge"));
        ApiError.Status byCause = new ApiError.Status(504, "Timeout", "later", causes, null);
        causes.clear();

        assertThat(byCause.tooLargeResourceVersion()).isTrue();
        assertThat(new ApiError.Status(504, "Timeout", "Too large resource version: 9").tooLargeResourceVersion())
                .isTrue();
        assertThat(new ApiError.Status(504, "Timeout", "later").tooLargeResourceVersion())
                .isFalse();
    }

    @Test
    @DisplayName("Keys sort by namespace, then name, and read as kubectl writes them")
    void keysSortByNamespaceThenName() {
        ObjectKey first = new ObjectKey("a", "z");
        ObjectKey second = new ObjectKey("b", "a");
        ObjectKey third = new ObjectKey("b", "b");

        assertThat(List.of(third, first, second).stream().sorted()).containsExactly(first, second, third);
        assertThat(first).hasToString("a/z");
    }
}
