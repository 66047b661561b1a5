package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the official client's own generated classes write is read as the JSON that they mean. */
final class ProtobufBodyTest {

    private static byte[] envelope(String kind, MessageLite message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(Runtime.Unknown.newBuilder()
                .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion("v1").setKind(kind))
                .setRaw(message.toByteString())
                .build()
                .toByteArray());
        return out.toByteArray();
    }

    private static V1.ConfigMap configMap() {
        return V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("a")
                        .setNamespace("ns")
                        .setGeneration(0)
                        .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_700_000_000L))
                        .putLabels("app", "x")
                        .putAnnotations("note", "\u00e9")
                        .addFinalizers("f")
                        .addOwnerReferences(Meta.OwnerReference.newBuilder()
                                .setApiVersion("v1")
                                .setKind("Pod")
                                .setName("p")
                                .setUid("u")
                                .setController(true)))
                .putData("k", "v")
                .putBinaryData("b", ByteString.copyFrom(new byte[] {1, 2, 3}))
                .setImmutable(true)
                .build();
    }

    @Test
    void aConfigMapWithAllThatItHas() {
        assertThat(ProtobufBody.read(envelope("ConfigMap", configMap())))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"kind": "ConfigMap", "apiVersion": "v1",
                 "metadata": {"name": "a", "namespace": "ns", "creationTimestamp": "2023-11-14T22:13:20Z",
                   "labels": {"app": "x"}, "annotations": {"note": "\u00e9"}, "finalizers": ["f"],
                   "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u", "controller": true}]},
                 "data": {"k": "v"}, "binaryData": {"b": "AQID"}, "immutable": true}
                """));
    }

    @Test
    void secretsNamespacesAndOptions() {
        V1.Secret secret = V1.Secret.newBuilder()
                .putData("p", ByteString.copyFromUtf8("q"))
                .setType("Opaque")
                .putStringData("s", "t")
                .build();
        assertThat(ProtobufBody.read(envelope("Secret", secret)).toString())
                .isEqualTo("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"p\":\"cQ==\"},\"type\":\"Opaque\","
                        + "\"stringData\":{\"s\":\"t\"}}");
        V1.Namespace namespace = V1.Namespace.newBuilder()
                .setSpec(V1.NamespaceSpec.newBuilder().addFinalizers("kubernetes"))
                .build();
        assertThat(ProtobufBody.read(envelope("Namespace", namespace)).toString())
                .contains("\"spec\":{\"finalizers\":[\"kubernetes\"]}");
        Meta.DeleteOptions options = Meta.DeleteOptions.newBuilder()
                .setGracePeriodSeconds(0)
                .setPropagationPolicy("Background")
                .setPreconditions(Meta.Preconditions.newBuilder().setUid("u"))
                .build();
        assertThat(ProtobufBody.read(envelope("DeleteOptions", options)).toString())
                .contains("\"gracePeriodSeconds\":0", "\"preconditions\":{\"uid\":\"u\"}", "\"Background\"");
    }

    @Test
    void otherKindsAreToldToComeAsJson() {
        assertThatExceptionOfType(ApiStatusException.class)
                .isThrownBy(() -> ProtobufBody.read(envelope("Pod", V1.Pod.getDefaultInstance())))
                .withMessageContaining("kind Pod only as JSON");
    }

    /** Cut anywhere, or with any byte changed, it is read or refused, and nothing else. */
    @Test
    void whateverComesIsReadOrRefused() {
        byte[] whole = envelope("ConfigMap", configMap());
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            if (bytes.length > 4) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
            }
            try {
                ProtobufBody.read(bytes);
            } catch (ApiStatusException refused) {
                assertThat(refused.code()).isIn(400, 415);
            }
        }
    }
}
