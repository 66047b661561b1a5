package dev.kubechurn.core.fabric8;

/** Says that an answer or event is not what was asked for; holds nothing of its content. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a cause on purpose: the message of a JSON error may quote the object, which may be a Secret. */
    UnreadableException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
