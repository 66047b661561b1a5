package dev.kubechurn.sim.apiserver.http;

/**
 * A request as any carrier brings it.
 *
 * @param method in capitals
 * @param target path and query, as on the request line
 * @param contentType empty when the request says none
 * @param accept what it would like to get; empty when it does not say
 * @param body empty when there is none; never written to after it was given
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
record ApiRequest(String method, String target, String contentType, String accept, byte[] body) {

    /** Method and target; never the body, which may be secret. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
