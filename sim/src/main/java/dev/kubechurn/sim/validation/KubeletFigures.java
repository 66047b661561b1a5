package dev.kubechurn.sim.validation;

/**
 * What the kubelet's own managers did for the pods of a case, as the server counted it. Immutable.
 *
 * @param relists lists that name a version, after a watch that the server refused; a watch follows each
 * @param open watches open before they ended
 * @param events to their watches
 * @param bytesPerEvent 0 where there were none
 * @param updated whether each object that the pods name was written once meanwhile
 * @param agreesWithItself whether what they say that they sent is what the server counted
 */
public record KubeletFigures(
        long lists,
        long relists,
        long watches,
        long gets,
        long open,
        long events,
        long bytesPerEvent,
        boolean updated,
        boolean agreesWithItself) {}
