package dev.kubechurn.sim.conform;

import dev.kubechurn.core.volume.PayloadResult;
import dev.kubechurn.core.volume.VolumeFile;
import dev.kubechurn.core.volume.VolumePayloads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Vectors of the payloads of ConfigMap volumes (rules V). */
final class VolumeVectors implements VectorRunner {

    private static final String BASE64 = "base64:";

    @Override
    public boolean takes(Vector vector) {
        return vector.body().has("volume");
    }

    @Override
    public void play(Vector vector) throws VectorException {
        JsonNode body = vector.body();
        ConfigMap configMap = body.path("configMap").isNull() || !body.has("configMap")
                ? null
                : KubernetesJson.read(vector, body.path("configMap"), ConfigMap.class);
        ConfigMapVolumeSource source = KubernetesJson.read(vector, body.path("volume"), ConfigMapVolumeSource.class);
        PayloadResult result = VolumePayloads.ofConfigMap(source, configMap);
        Mismatch.requireEqual("the payload", expected(body.path("expect")), actual(result));
    }

    private static String expected(JsonNode expect) {
        if (expect.has("error")) {
            return expect.path("error").asString();
        }
        Map<String, String> files = new TreeMap<>();
        expect.path("files")
                .properties()
                .forEach(file -> files.put(
                        file.getKey(),
                        told(
                                bytes(file.getValue().path("data").asString("")),
                                file.getValue().path("mode").asInt())));
        return files.toString();
    }

    private static String actual(PayloadResult result) {
        if (result instanceof PayloadResult.Failed failed) {
            return failed.error().getClass().getSimpleName();
        }
        Map<String, String> files = new TreeMap<>();
        ((PayloadResult.Ready) result).payload().files().forEach((path, file) -> files.put(path, told(file)));
        return files.toString();
    }

    private static byte[] bytes(String data) {
        return data.startsWith(BASE64)
                ? Base64.getDecoder().decode(data.substring(BASE64.length()))
                : data.getBytes(StandardCharsets.UTF_8);
    }

    private static String told(VolumeFile file) {
        return told(file.bytes(), file.mode());
    }

    private static String told(byte[] bytes, int mode) {
        return Base64.getEncoder().encodeToString(bytes) + " (base64), mode " + Integer.toOctalString(mode);
    }
}
