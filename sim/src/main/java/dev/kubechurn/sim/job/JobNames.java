package dev.kubechurn.sim.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What Kubernetes lets be a name, and the names that a Job has where nobody gives one. */
public final class JobNames {

    /** The ids of runs have so many characters at most. */
    private static final int LONGEST_ID = 32;

    private static final int HASH = 6;

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;

    /** The name of a pod has a dash and five drawn characters behind that of its Job. */
    private static final int SUFFIX = 6;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /** Stricter than Kubernetes, which takes any text; no registry has others. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/:@]*");

    private JobNames() {}

    /** The same for the same scenario and seed; one that would be too long ends in a hash of both. */
    public static String id(String scenario, long seed) {
        String id = scenario + "-" + seed;
        if (id.length() <= LONGEST_ID) {
            return id;
        }
        return id.substring(0, LONGEST_ID - HASH - 1).replaceAll("-+$", "") + "-" + hash(id);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static void requireJob(String name) throws JobException {
        requireLabel("--name", name, LONGEST_LABEL - SUFFIX);
    }

    /** The command labels the namespace, which changes what may run there: it must be one for this. */
    static void requireNamespace(String name) throws JobException {
        requireLabel("--namespace", name, LONGEST_LABEL);
        if (name.equals("default") || name.startsWith("kube-")) {
            throw new JobException("--namespace " + name + " is shared, and the Job would restrict all its pods;"
                    + " use a namespace only for Kubechurn");
        }
    }

    private static void requireLabel(String option, String name, int longest) throws JobException {
        if (name.length() > longest || !LABEL.matcher(name).matches()) {
            throw new JobException(option + " \"" + name + "\" is not a valid name: use at most " + longest
                    + " lowercase letters, digits and '-', with no '-' at either end");
        }
    }

    /** Of a claim or of a storage class. */
    static void requireSubdomain(String option, String name) throws JobException {
        if (name.length() > LONGEST_SUBDOMAIN || !SUBDOMAIN.matcher(name).matches()) {
            throw new JobException(
                    option + " \"" + name + "\" is not a valid name: use lowercase letters, digits, '-' and '.'");
        }
    }

    static void requireImage(String image) throws JobException {
        if (!IMAGE.matcher(image).matches()) {
            throw new JobException("--image \"" + image
                    + "\" is not an image reference; write it like registry.example/kubechurn:1.0");
        }
    }
}
