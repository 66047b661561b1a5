package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.ApiError;

/** Status answers with the reason that belongs to their code. */
public final class Statuses {

    private Statuses() {}

    public static ApiError.Status of(int code) {
        String reason = switch (code) {
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> throw new IllegalArgumentException("no reason for status " + code);
        };
        return new ApiError.Status(code, reason, reason + " by script");
    }
}
