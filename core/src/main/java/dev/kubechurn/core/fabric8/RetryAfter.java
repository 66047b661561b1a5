package dev.kubechurn.core.fabric8;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The Retry-After header: how long the server asks to be left alone (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /**
     * Reads seconds or an HTTP date; a date counts from the server's own clock, the answer's Date header. Null if there
     * is no header or it makes no sense.
     */
    static @Nullable Duration parse(@Nullable String retryAfter, @Nullable String date) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.trim();
        if (!value.isEmpty() && value.length() <= MAX_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        ZonedDateTime until = httpDate(value);
        ZonedDateTime now = date == null ? null : httpDate(date.trim());
        if (until == null || now == null) {
            return null;
        }
        Duration wait = Duration.between(now, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static @Nullable ZonedDateTime httpDate(String value) {
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
