package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The objects that a scenario makes, by namespace and popularity. Immutable. */
final class ObjectCatalog {

    static final String ROOT_CA = "kube-root-ca.crt";

    private final String[] namespaces;
    private final int configMaps;
    private final int secrets;

    /** The objects are dealt out to the namespaces in turn; a lower number is more popular. */
    ObjectCatalog(int namespaces, int configMaps, int secrets) {
        this.namespaces = new String[namespaces];
        Arrays.setAll(this.namespaces, index -> "ns-" + index);
        this.configMaps = configMaps;
        this.secrets = secrets;
    }

    int namespaces() {
        return namespaces.length;
    }

    /** Always the same instance. */
    String namespace(int index) {
        return namespaces[index];
    }

    /** How many ConfigMaps, or Secrets, the namespace has. */
    int count(boolean secret, int namespace) {
        int all = secret ? secrets : configMaps;
        return all / namespaces.length + (namespace < all % namespaces.length ? 1 : 0);
    }

    /** Always the same instance: keys are compared all the time, and this way without a look at the letters. */
    static String name(boolean secret, int rank) {
        return ((secret ? "secret-" : "config-") + rank).intern();
    }

    /** All ConfigMaps, or Secrets, the more popular first. */
    List<ObjectKey> keys(boolean secret) {
        List<ObjectKey> keys = new ArrayList<>();
        int all = secret ? secrets : configMaps;
        for (int i = 0; i < all; i++) {
            keys.add(new ObjectKey(namespace(i % namespaces.length), name(secret, i / namespaces.length)));
        }
        return keys;
    }

    /** The certificates that every namespace has. */
    List<ObjectKey> rootCas() {
        List<ObjectKey> keys = new ArrayList<>();
        for (int i = 0; i < namespaces.length; i++) {
            keys.add(new ObjectKey(namespace(i), ROOT_CA));
        }
        return keys;
    }
}
