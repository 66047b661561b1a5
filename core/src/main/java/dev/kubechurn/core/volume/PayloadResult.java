package dev.kubechurn.core.volume;

/** What became of a volume's payload. */
public sealed interface PayloadResult {

    /** The payload is complete and checked. */
    record Ready(VolumePayload payload) implements PayloadResult {}

    /** There is none. */
    record Failed(VolumeError error) implements PayloadResult {}
}
